package org.universalnode.node.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.description.DescribedInterface.Neighbour;

class DomainDescriptionTest {
  @TempDir Path folder;
  private Machine machine;

  @BeforeEach
  void aMachine() {
    machine = Machine.in(folder);
  }

  @Test
  void itHasThePublishedKeysAndNoOther() {
    assertThat(paths(described())).isEqualTo(paths(published()));
  }

  @Test
  void resourcesAreThoseOfTheMachine() {
    JsonObject resources = child(described(), "hardware-informations", "resources");
    assertThat(child(resources, "cpu").get("number").getAsInt()).isEqualTo(4);
    assertThat(child(resources, "memory").get("size").getAsInt()).isEqualTo(1000);
    assertThat(child(resources, "memory").get("free").getAsInt()).isEqualTo(500);
    assertThat(child(resources, "storage").get("size").getAsInt()).isPositive();
  }

  @Test
  void whatIsPromisedToFunctionsIsNotFreeThoughTheyDoNotUseItYet() {
    machine.promisable(300);
    assertThat(freeMemory()).isEqualTo(300);
    machine.promisable(-20); // less was taken away from the machine than it had promised
    assertThat(freeMemory()).isZero();
    machine.promisable(700); // others than functions use it
    assertThat(freeMemory()).isEqualTo(500);
  }

  private int freeMemory() {
    JsonObject resources = child(described(), "hardware-informations", "resources");
    return child(resources, "memory").get("free").getAsInt();
  }

  @Test
  void aCapabilityIsReadyAsLongAsOneTemplateCanRun() {
    assertThat(capability().get("ready").getAsBoolean()).isTrue();
    assertThat(capability().get("template").getAsString()).isEqualTo("nat");
    machine.remove("/usr/sbin/nft");
    assertThat(capability().get("ready").getAsBoolean()).isFalse();
  }

  @Test
  void onlyVlansThatNoGraphUsesAreToldAndTheStateIsTheKernels() {
    JsonObject eth1 = eth1();
    assertThat(eth1.get("name").getAsString()).isEqualTo("192.168.0.25/eth1");
    assertThat(child(eth1, "config").get("enabled").getAsBoolean()).isTrue();
    assertThat(eth1.toString()).contains("\"netgroup-vlan:vlan-id\":224").doesNotContain(":223");
    machine.file("/sys/class/net/eth1/flags", "0x1002\n");
    assertThat(child(eth1(), "config").get("enabled").getAsBoolean()).isFalse();
  }

  @Test
  void executionEnvironmentsHaveTheirPublishedWords() {
    JsonObject capabilities = child(described(), "capabilities", "infrastructural-capabilities");
    assertThat(capabilities.toString())
        .contains(
            "\"type\":\"cpu_architecture\"", "{\"name\":\"docker\",\"type\":\"vm_container\"}")
        .doesNotContain("native", "hipervisor");
  }

  @Test
  void aChangeIsToldByTheNamesOfWhatChanged() {
    JsonObject before = described();
    machine.file(Machine.ONLINE, "0\n").remove("/usr/sbin/nft");
    assertThat(DescriptionChange.between(before, described()))
        .contains("nat.ready", "cpu.number")
        .doesNotContain("eth1");
    assertThat(DescriptionChange.between(before, before)).isEmpty();
  }

  @Test
  void anIdThatNobodyChoseStaysTheSame() {
    assertThat(Domain.idOf("m/un")).isEqualTo(Domain.idOf("m/un")).hasSize(8);
    assertThat(Domain.idOf("m/un")).isNotEqualTo(Domain.idOf("m/other"));
  }

  private JsonObject described() {
    Neighbour neighbour = new Neighbour("openstack-domain", "192.168.0.26/eth1", "domain");
    DescribedInterface eth1 =
        new DescribedInterface(
            "eth1", "core", "192.168.0.25", new TreeSet<>(Set.of(223, 224)), List.of(neighbour));
    Domain domain = new Domain("1", "un", "127.0.0.1:8080", List.of(eth1));
    return DomainDescription.of(domain, machine.capabilities().snapshot());
  }

  private JsonObject capability() {
    JsonObject all = child(described(), "capabilities", "functional-capabilities");
    return all.getAsJsonArray("functional-capability").get(0).getAsJsonObject();
  }

  private JsonObject eth1() {
    JsonObject all = child(described(), "hardware-informations", "interfaces");
    return all.getAsJsonArray("interface").get(0).getAsJsonObject();
  }

  private static JsonObject child(JsonObject document, String... keys) {
    JsonObject at =
        document.has("netgroup-domain:informations")
            ? document.getAsJsonObject("netgroup-domain:informations")
            : document;
    return Arrays.stream(keys).reduce(at, JsonObject::getAsJsonObject, (one, _) -> one);
  }

  private static JsonObject published() {
    InputStreamReader text =
        new InputStreamReader(
            Objects.requireNonNull(
                DomainDescriptionTest.class.getResourceAsStream("published.json")),
            StandardCharsets.UTF_8);
    return JsonParser.parseReader(text).getAsJsonObject();
  }

  /** Every key with those above it; what is in a list counts once. */
  private static Set<String> paths(JsonElement document) {
    Set<String> paths = new TreeSet<>();
    collect("", document, paths);
    return paths;
  }

  private static void collect(String path, JsonElement at, Set<String> paths) {
    if (at.isJsonArray()) {
      at.getAsJsonArray().forEach(item -> collect(path + "[]", item, paths));
    } else if (at.isJsonObject()) {
      at.getAsJsonObject()
          .entrySet()
          .forEach(entry -> collect(path + "/" + entry.getKey(), entry.getValue(), paths));
    } else {
      paths.add(path);
    }
  }
}
