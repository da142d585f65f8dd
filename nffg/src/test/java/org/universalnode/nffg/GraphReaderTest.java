package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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
    assertThat(nat.controlPorts()).containsExactly(new ControlPort(2222, 22));
    assertThat(nat.environment()).containsExactly(new EnvironmentVariable("MODE", "fast"));
  }

  @Test
  void whatTheModelDoesNotUseIsKept() {
    NetworkFunction firewall = graph.function("fw").orElseThrow();

    assertThat(graph.extras()).isEqualTo("{\"domain\":\"edge\",\"id\":\"home-7\"}");
    assertThat(firewall.extras())
        .isEqualTo("{\"groups\":[\"a\",\"b\"],\"gui-position\":{\"x\":1,\"y\":2}}");
    assertThat(firewall.ports().getFirst().extras())
        .isEqualTo("{\"gui-position\":{\"x\":10,\"y\":2.5}}");
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
                MatchFields.ANY
                    .with(HeaderField.ETHER_TYPE, "0x0800")
                    .with(HeaderField.VLAN, FieldMatch.TAGGED)
                    .with(HeaderField.SOURCE_MAC, "02:00:00:00:00:0a")
                    .with(HeaderField.DEST_MAC, "ff:ff:ff:ff:ff:ff")
                    .with(HeaderField.IPV4_SOURCE, "10.1.2.0/24")
                    .with(HeaderField.IPV4_DEST, "198.51.0.0/16")
                    .with(HeaderField.PROTOCOL, "6")
                    .with(HeaderField.SOURCE_PORT, "1024")
                    .with(HeaderField.DEST_PORT, "80")));
  }

  @Test
  void aRuleMaySendToSeveralPortsAndLeaveItsPriorityOut() {
    assertThat(graph.rule("1").orElseThrow().outputs())
        .map(PortRef::toString)
        .containsExactly("vnf:fw:User:0", "endpoint:wan");
    assertThat(graph.rule("2").orElseThrow().priority()).isZero();
    assertThat(graph.rule("2").orElseThrow().match().fields().get(HeaderField.VLAN))
        .contains(FieldMatch.vlan(100));
    assertThat(graph.rule("9")).isEmpty();
  }

  @Test
  void anEmptyGraphIsAGraph() {
    assertThat(GraphReader.read(SampleGraphs.text("empty.json")))
        .isEqualTo(new ServiceGraph("", "", List.of(), List.of(), List.of()));
  }
}
