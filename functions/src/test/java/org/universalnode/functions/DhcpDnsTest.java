package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/** A host of lan, and a name server behind wan. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class DhcpDnsTest {
  private static final String SERVER = "10.0.0.1";
  private static final String UPSTREAM = "198.51.100.2";
  private static final String RANGE =
      "\"range\": { \"first\": \"10.0.0.100\", \"last\": \"10.0.0.109\" }, \"probe\": false";

  @TempDir Path state;
  @TempDir Path client;
  private Lab lab;
  private Host lan;
  private DhcpClient dhcp;
  private NameQuestion question;

  @BeforeEach
  void start() {
    lab = new Lab(state, "10.0.0.2/24", UPSTREAM + "/24");
    lan = lab.host(0);
    dhcp = new DhcpClient(lan, client);
    question = NameQuestion.by(lan).to(SERVER);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void aHostGetsAnAddressAndItsSettings() {
    lab.apply(
        serving(
            """
            "router": "10.0.0.254", "domain": "home.example", "lease-seconds": 600,
            "options": [{ "number": 42, "value": "10.0.0.9,10.0.0.8" }]"""));
    assertThat(dhcp.lease("laptop"))
        .containsEntry("subnet", "255.255.255.0")
        .containsEntry("router", "10.0.0.254")
        .containsEntry("dns", SERVER)
        .containsEntry("domain", "home.example")
        .containsEntry("lease", "600")
        .containsEntry("ntpsrv", "10.0.0.9 10.0.0.8")
        .hasEntrySatisfying("ip", ip -> assertThat(ip).matches("10\\.0\\.0\\.10[0-9]"));
  }

  @Test
  void anOptionIsToldInTheFormThatItHas() {
    lab.apply(
        serving(
            """
            "options": [{ "number": 2, "value": "-3600" }, { "number": 23, "value": "64" },
                        { "number": 26, "value": "1400" }, { "number": 66, "value": "10.0.0.9" },
                        { "number": 119, "value": "a.example,b.example" },
                        { "number": 121, "value": "10.1.0.0/16,10.0.0.9" }]"""));
    assertThat(dhcp.lease("laptop"))
        .containsEntry("timezone", Integer.toUnsignedString(-3600))
        .containsEntry("ipttl", "64")
        .containsEntry("mtu", "1400")
        .containsEntry("tftp", "10.0.0.9")
        .containsEntry("search", "a.example b.example")
        .containsEntry("staticroutes", "10.1.0.0/16 10.0.0.9");
  }

  @Test
  void anOptionOfAnotherTypeIsRefused() {
    assertSoftly(
        softly ->
            Map.of(
                    "42 ntp.example", "must be IPv4 addresses joined by commas, not",
                    "16 10.0.0.1,10.0.0.2", "must be an IPv4 address, not",
                    "33 10.0.0.1", "must be IPv4 addresses in pairs, not",
                    "19 yes", "must be a whole number from 0 to 1, not",
                    "26 big", "must be a whole number from 68 to 65535, not",
                    "26 70000", "must be a whole number from 68 to 65535, not",
                    "119 -", "must be domain names such as",
                    "121 10.1.0.0,10.0.0.9", "must be networks and their routers in turn")
                .forEach(
                    (option, said) ->
                        softly
                            .assertThat(lab.refusal(serving(option(option))).detail())
                            .contains("configuration /options/0/value " + said)));
    assertThat(lab.hasGraph()).isFalse();
  }

  @Test
  void withoutThemNoRouterAndOtherNameServersAreSaid() {
    lab.apply(serving("\"dns-servers\": [\"192.0.2.53\", \"192.0.2.54\"]"));
    assertThat(dhcp.lease("laptop"))
        .containsEntry("dns", "192.0.2.53 192.0.2.54")
        .containsEntry("lease", "3600")
        .doesNotContainKey("router");
  }

  @Test
  void aProbedAddressIsOneThatNobodyHasAndNoWanIsNeeded() {
    lan.address("10.0.0.100/24");
    String range = "{ \"range\": { \"first\": \"10.0.0.100\", \"last\": \"10.0.0.101\" } }";
    lab.apply(
        new Graph()
            .endPoint("lan", lan)
            .function(
                """
                { "id": "dhcp", "functional-capability": "dhcp", "configuration": %s,
                  "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" }] }"""
                    .formatted(range))
            .join("endpoint:lan", "vnf:dhcp:lan:0"));
    assertThat(dhcp.lease("laptop")).containsEntry("ip", "10.0.0.101");
  }

  @Test
  void whoHasALeaseHasAName() {
    lab.apply(serving("\"domain\": \"home.example\""));
    String address = dhcp.lease("laptop").get("ip");
    assertThat(question.about("laptop.home.example").addresses()).containsExactly(address);
    assertThat(question.about("laptop").addresses()).containsExactly(address);
  }

  @Test
  void theStatusListsTheLeases() {
    lab.apply(serving("\"domain\": \"home.example\""));
    assertThat(lab.report("dhcp").get("lease-count").getAsInt()).isZero();
    String address = dhcp.lease("laptop").get("ip");
    JsonObject lease = lab.report("dhcp").getAsJsonArray("leases").get(0).getAsJsonObject();
    assertThat(lease.get("address").getAsString()).isEqualTo(address);
    assertThat(lease.get("name").getAsString()).isEqualTo("laptop");
    assertThat(lease.get("ends").getAsLong()).isGreaterThan(System.currentTimeMillis() / 1000);
  }

  @Test
  void localNamesAreAnsweredHereAndAllOthersUpstream() {
    try (NameServer upstream = new NameServer(lab.host(1), UPSTREAM, "203.0.113.7", "example")) {
      lab.apply(
          serving(
              """
              "domain": "home.example", "upstream": ["198.51.100.2"],
              "names": [{ "name": "nas.home.example", "address": "10.0.0.20" }]"""));
      assertThat(question.about("nas.home.example").addresses()).containsExactly("10.0.0.20");
      assertThat(question.about("www.example").addresses()).containsExactly("203.0.113.7");
      assertThat(question.about("absent.home.example").saysThereIsNoSuchName()).isTrue();
    }
  }

  @Test
  void wanIsNotServed() {
    lab.apply(serving("\"names\": [{ \"name\": \"nas.example\", \"address\": \"10.0.0.20\" }]"));
    NameQuestion outside = NameQuestion.by(lab.host(1));
    assertThat(outside.to("198.51.100.10").about("nas.example").isSilence()).isTrue();
    lab.host(1).route("10.0.0.0/24", "198.51.100.10");
    assertThat(outside.to(SERVER).about("nas.example").isSilence()).isTrue();
    assertThat(question.about("nas.example").isAnswered()).isTrue();
  }

  @Test
  void anUpdateKeepsLeasesWhetherOrNotTheServerIsReplaced() {
    lab.apply(serving("\"domain\": \"home.example\""));
    String address = dhcp.lease("laptop").get("ip");
    lab.apply(
        serving(
            """
            "domain": "home.example",
            "names": [{ "name": "nas.home.example", "address": "10.0.0.20" }]"""));
    assertThat(question.about("nas.home.example").isAnswered()).isTrue();
    assertThat(question.about("laptop.home.example").addresses()).containsExactly(address);
    lab.apply(serving("\"domain\": \"other.example\", \"lease-seconds\": 7200"));
    assertThat(question.about("nas.home.example").isAnswered()).isFalse();
    assertThat(lab.report("dhcp").get("lease-count").getAsInt()).isOne();
    assertThat(dhcp.lease("laptop"))
        .containsEntry("ip", address)
        .containsEntry("domain", "other.example")
        .containsEntry("lease", "7200");
  }

  @Test
  void aHostWithAnAddressOfItsOwnGetsIt() {
    String address = HostProcess.output(lan, List.of("cat", "/sys/class/net/eth0/address")).strip();
    lab.apply(
        serving(
            "\"hosts\": [{ \"mac\": \"%s\", \"address\": \"10.0.0.7\", \"name\": \"printer\" }]"
                .formatted(address)));
    assertThat(dhcp.lease("laptop")).containsEntry("ip", "10.0.0.7");
    assertThat(question.about("printer").addresses()).containsExactly("10.0.0.7");
  }

  @Test
  void aRefusedUpdateLeavesTheOldSettingsInForce() {
    lab.apply(serving("\"domain\": \"home.example\""));
    assertThat(lab.refusal(serving("\"domain\": \"home..example\"")).detail())
        .contains("configuration /domain must be a domain name");
    assertThat(dhcp.lease("laptop")).containsEntry("domain", "home.example");
  }

  @Test
  void eachRefusedConfigurationNamesItsElement() {
    assertSoftly(
        softly ->
            Map.of(
                    "\"router\": \"10.0.1.1\"", "/router 10.0.1.1 is not in the subnet of port lan",
                    "\"lease-seconds\": 5", "/lease-seconds must be a number from 120",
                    "\"gateway\": \"192.0.2.1\"", "/gateway 192.0.2.1 is not in the subnet",
                    "\"options\": [{ \"number\": 53, \"value\": \"1\" }]", "/options/0/number 53",
                    "\"options\": [{ \"number\": 42, \"value\": \"a\\nb\" }]", "/options/0/value",
                    "\"hosts\": [{ \"mac\": \"1\" }]", "/hosts/0/mac must be a MAC address",
                    "\"names\": [{ \"name\": \"a b\", \"address\": \"10.0.0.3\" }]",
                        "/names/0/name",
                    "\"upstream\": \"192.0.2.1\"", "/upstream must be an array, not string",
                    "\"dns\": 1", "(whole) has the unknown key \"dns\"")
                .forEach(
                    (members, said) ->
                        softly
                            .assertThat(lab.refusal(serving(members)).detail())
                            .contains("configuration " + said)));
    assertThat(lab.refusal(function("{}")).detail()).contains("configuration (whole) needs range");
    assertThat(lab.hasGraph()).isFalse();
  }

  private static String option(String numberAndValue) {
    String[] parts = numberAndValue.split(" ", 2);
    return "\"options\": [{ \"number\": %s, \"value\": \"%s\" }]".formatted(parts[0], parts[1]);
  }

  private Graph serving(String members) {
    return function("{ %s, %s }".formatted(RANGE, members));
  }

  private Graph function(String configuration) {
    return new Graph()
        .endPoint("lan", lan)
        .endPoint("wan", lab.host(1))
        .function(
            """
            { "id": "dhcp", "functional-capability": "dhcp", "configuration": %s,
              "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" },
                        { "id": "wan:0", "unify-ip": "198.51.100.10/24" }] }"""
                .formatted(configuration))
        .join("endpoint:lan", "vnf:dhcp:lan:0")
        .join("vnf:dhcp:wan:0", "endpoint:wan");
  }
}
