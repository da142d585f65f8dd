package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class GraphReaderTest {
  private final ServiceGraph graph = GraphReader.read(SampleGraphs.text("firewall-nat.json"));

  @Test
  void everyFunctionComesWithItsPortsAndConfiguration() {
    NetworkFunction firewall = graph.function("fw").orElseThrow();

    assertThat(firewall.name()).isEqualTo("firewall");
    assertThat(firewall.functionalCapability()).isEqualTo("firewall");
    assertThat(firewall.configuration())
        .isEqualTo(
            "{\"big\":12345678901234567890,\"default\":\"allow\","
                + "\"rules\":[{\"deny\":true,\"port\":23}]}");
    assertThat(firewall.port(new PortLabel("WAN", 0)))
        .contains(
            new FunctionPort(
                new PortLabel("WAN", 0),
                "",
                Optional.of(MacAddress.parse("02:aa:00:00:00:01")),
                Optional.of(InterfaceAddress.parse("192.0.2.7/24")),
                true,
                "{}"));
    assertThat(firewall.port(new PortLabel("WAN", 1))).isEmpty();
  }

  @Test
  void aFunctionMayBeNamedByItsTemplateAlone() {
    NetworkFunction nat = graph.function("nat").orElseThrow();

    assertThat(nat.template()).isEqualTo("nat.json");
    assertThat(nat.name()).isEmpty();
    assertThat(nat.configuration()).isEqualTo("{}");
  }

  @Test
  void whatTheModelDoesNotUseIsKept() {
    NetworkFunction firewall = graph.function("fw").orElseThrow();

    assertThat(graph.extras()).isEqualTo("{\"domain\":\"edge\",\"id\":\"home-7\"}");
    assertThat(firewall.extras())
        .isEqualTo("{\"groups\":[\"a\",\"b\"],\"gui-position\":{\"x\":1,\"y\":2}}");
    assertThat(firewall.ports().getFirst().extras())
        .isEqualTo("{\"gui-position\":{\"x\":10,\"y\":2.5}}");
    assertThat(graph.function("nat").orElseThrow().extras())
        .contains("MODE=fast")
        .contains("\"vnf-tcp-port\":22");
  }

  @Test
  void endPointsTellTheirInterface() {
    assertThat(graph.endPoint("lan").orElseThrow().kind())
        .isEqualTo(new EndPoint.Kind.Interface("eth1", "10.0.0.1"));
    assertThat(graph.endPoint("wan").orElseThrow().kind())
        .isEqualTo(new EndPoint.Kind.Interface("eth0.2", ""));
    assertThat(graph.endPoint("fw")).isEmpty();
  }

  @Test
  void aRuleMatchesEveryFieldItNames() {
    assertThat(graph.rule("1").orElseThrow().match())
        .isEqualTo(
            new Match(
                new PortRef.OfEndPoint("lan"),
                new MatchFields(
                    OptionalInt.of(0x0800),
                    Optional.of(new VlanMatch.Tagged()),
                    Optional.of(MacAddress.parse("02:00:00:00:00:0a")),
                    Optional.of(MacAddress.parse("ff:ff:ff:ff:ff:ff")),
                    Optional.of(Ipv4Prefix.parse("10.1.2.0/24")),
                    Optional.of(Ipv4Prefix.parse("198.51.0.0/16")),
                    OptionalInt.of(6),
                    OptionalInt.of(1024),
                    OptionalInt.of(80))));
  }

  @Test
  void aRuleMaySendToSeveralPortsAndLeaveItsPriorityOut() {
    assertThat(graph.rule("1").orElseThrow().outputs())
        .map(PortRef::toString)
        .containsExactly("vnf:fw:User:0", "endpoint:wan");
    assertThat(graph.rule("2").orElseThrow().priority()).isZero();
    assertThat(graph.rule("2").orElseThrow().match().fields().vlan())
        .contains(new VlanMatch.Vlan(100));
    assertThat(graph.rule("9")).isEmpty();
  }

  @Test
  void anEmptyGraphIsAGraph() {
    assertThat(GraphReader.read(SampleGraphs.text("empty.json")))
        .isEqualTo(new ServiceGraph("", "", List.of(), List.of(), List.of()));
  }
}
