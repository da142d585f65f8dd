package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.nativefn.DriverLab.failure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.Isolation;

/** Several graphs with parts of one instance. */
@ParameterizedClass
@EnumSource
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class SharedInstanceTest {
  private static final InstanceId A = new InstanceId("a", "nat");
  private static final InstanceId B = new InstanceId("b", "nat");

  @Parameter Isolation isolation = Isolation.NETWORK;
  @TempDir Path folder;
  private DriverLab lab = new DriverLab(Path.of(""), Isolation.NETWORK);

  @BeforeEach
  void begin() throws IOException {
    lab = new DriverLab(folder, isolation);
    lab.script("start", "echo started with $3 ports; setsid sleep 300 &");
    lab.script("attach", "echo attach $UN_MARK $UN_GRAPH $4 $UN_PORT_LAN_0 $(cat $UN_CONFIG)");
    lab.script("detach", "echo detach $UN_MARK; test ! -e $UN_CONFIG.stuck");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void eachGraphHasPortsAndAMarkOfItsOwnInOneInstance() {
    FunctionDriver driver = lab.driver();
    lab.start(driver, part(A, "{\"of\":\"a\"}"));
    lab.start(driver, part(B, "{\"of\":\"b\"}"));
    assertThat(log(driver, A)).isEqualTo("attach 1 a lan0-1 lan0-1 {\"of\":\"a\"}\n");
    assertThat(log(driver, B)).isEqualTo("attach 2 b lan0-2 lan0-2 {\"of\":\"b\"}\n");
    ObservedInstance a = driver.observe(A).orThrow();
    ObservedInstance b = driver.observe(B).orThrow();
    assertThat(a.namespace()).isEqualTo(b.namespace());
    assertThat(a.processes()).hasSize(1).isEqualTo(b.processes());
    assertThat(driver.stats(B).orThrow().mark()).isEqualTo(OptionalInt.of(2));
    assertThat(driver.observe().orThrow())
        .extracting(ObservedInstance::id)
        .containsExactlyInAnyOrder(A, B);
  }

  @Test
  void aGraphThatLeavesTakesItsPartOnlyAndTheLastOneAllOfIt() {
    FunctionDriver driver = lab.driver();
    lab.start(driver, part(A, "{}"));
    lab.start(driver, part(B, "{}"));
    String namespace = driver.observe(B).orThrow().namespace();
    driver.delete(A).orThrow();
    assertThat(driver.observe(B).orThrow().state()).isEqualTo(State.STARTED);
    assertThat(links(namespace)).contains("lan0-2").doesNotContain("lan0-1");
    driver.delete(B).orThrow();
    assertThat(NetworkNamespace.named(namespace).exists()).isFalse();
    assertThat(folder.resolve("instances")).isEmptyDirectory();
  }

  @Test
  void aMarkIsNotGivenToTheNextWhenItsGraphHasLeft() {
    FunctionDriver driver = lab.driver();
    lab.start(driver, part(A, "{}"));
    lab.start(driver, part(B, "{}"));
    driver.delete(A).orThrow();
    InstanceId c = new InstanceId("c", "nat");
    lab.start(driver, part(c, "{}"));
    assertThat(driver.stats(c).orThrow().mark()).isEqualTo(OptionalInt.of(3));
  }

  @Test
  void aSuccessorTakesEveryPartOverAsItIs() {
    lab.start(lab.driver(), part(A, "{}"));
    lab.start(lab.driver(), part(B, "{}"));
    FunctionDriver successor = lab.driver();
    assertThat(successor.observe().orThrow()).hasSize(2);
    lab.start(successor, part(B, "{}"));
    lab.start(successor, part(A, "{}"));
    assertThat(log(successor, A)).isEqualTo("attach 1 a lan0-1 lan0-1 {}\n");
    assertThat(log(successor, B)).isEqualTo("attach 2 b lan0-2 lan0-2 {}\n");
  }

  @Test
  void aNewConfigurationIsForThatGraphOnly() throws IOException {
    FunctionDriver driver = lab.driver();
    lab.start(driver, part(A, "{}"));
    lab.start(driver, part(B, "{}"));
    driver.update(part(A, "{\"new\":1}")).orThrow();
    assertThat(log(driver, A)).endsWith("attach 1 a lan0-1 lan0-1 {\"new\":1}\n");
    assertThat(log(driver, B)).doesNotContain("new");
    lab.script("attach", "echo no; exit 1");
    assertThat(failure(driver.update(part(A, "{\"bad\":1}"))).detail()).contains("attach", "no");
    assertThat(driver.observe(A).orThrow().state()).isEqualTo(State.STARTED);
    assertThat(driver.exec(A, List.of("sh", "-c", "cat $UN_CONFIG"), DriverLab.PATIENCE.start()))
        .satisfies(done -> assertThat(done.orThrow().output()).isEqualTo("{\"new\":1}"));
  }

  @Test
  void aPartThatFailsToAttachHarmsNoOther() throws IOException {
    FunctionDriver driver = lab.driver();
    lab.start(driver, part(A, "{}"));
    lab.script("attach", "echo refused; exit 1");
    lab.make(driver, part(B, "{}"));
    assertThat(failure(driver.start(part(B, "{}"))).detail())
        .contains("attach", "b/nat", "refused");
    driver.delete(B).orThrow();
    assertThat(driver.observe(A).orThrow().state()).isEqualTo(State.STARTED);
  }

  @Test
  void anArchiveWithoutAttachCannotBeShared() throws IOException {
    assertThat(lab.archive().resolve("attach").toFile().delete()).isTrue();
    FunctionDriver driver = lab.driver();
    lab.make(driver, part(A, "{}"));
    assertThat(failure(driver.start(part(A, "{}"))).detail()).contains("attach and detach");
  }

  @Test
  void pausingOnePartLeavesTheOtherAtWork() {
    FunctionDriver driver = lab.driver();
    lab.start(driver, part(A, "{}"));
    lab.start(driver, part(B, "{}"));
    driver.pause(A).orThrow();
    assertThat(driver.observe(A).orThrow().state()).isEqualTo(State.PAUSED);
    String namespace = driver.observe(B).orThrow().namespace();
    try (RouteSocket inside = NetworkNamespace.named(namespace).routeSocket()) {
      assertThat(inside.isRunning(inside.link("lan0-1").orElseThrow())).isFalse();
      assertThat(inside.isRunning(inside.link("lan0-2").orElseThrow())).isTrue();
    }
    driver.resume(A).orThrow();
    assertThat(driver.observe(A).orThrow().state()).isEqualTo(State.STARTED);
  }

  @Test
  void whenTheInstanceHasLostItsNamespaceEveryPartIsMadeAgain() {
    FunctionDriver driver = lab.driver();
    lab.start(driver, part(A, "{}"));
    lab.start(driver, part(B, "{}"));
    NetworkNamespace.named(driver.observe(A).orThrow().namespace()).delete();
    assertThat(driver.observe(B).orThrow().state()).isEqualTo(State.BROKEN);
    lab.start(driver, part(A, "{}"));
    lab.start(driver, part(B, "{}"));
    assertThat(log(driver, B)).endsWith("attach 4 b lan0-4 lan0-4 {}\n");
    assertThat(driver.observe(A).orThrow().state()).isEqualTo(State.STARTED);
    assertThat(driver.observe(B).orThrow().state()).isEqualTo(State.STARTED);
  }

  private FunctionSpec part(InstanceId id, String configuration) {
    return lab.spec(id, configuration, Optional.of("nat-1"));
  }

  private static List<String> links(String namespace) {
    try (RouteSocket inside = NetworkNamespace.named(namespace).routeSocket()) {
      return inside.links().stream().map(link -> link.name()).toList();
    }
  }

  private static String log(FunctionDriver driver, InstanceId id) {
    return driver.log(id, OptionalLong.empty(), 10_000).orThrow().text();
  }
}
