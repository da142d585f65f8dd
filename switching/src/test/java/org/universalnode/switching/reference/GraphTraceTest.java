package org.universalnode.switching.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.PortName;
import org.universalnode.switching.reference.GraphPort.Lsi;

/** Packets through the graphs of the documentation. */
class GraphTraceTest {
  private static final ServiceGraph HOME = example("home.json");

  @Test
  void fromTheLanAPacketReachesTheFirewall() {
    Trace trace = trace(HOME, "endpoint:lan");
    assertThat(trace.ends())
        .containsExactly(new Trace.End(function("vnf:firewall:lan:0"), Bytes.tcp()));
    assertThat(trace.hops())
        .extracting(Trace.Hop::lsi, hop -> hop.in().toString(), hop -> hop.rule().orElse(""))
        .containsExactly(
            Tuple.tuple(Lsi.BASE, "un-lan", "g/lan to firewall"),
            Tuple.tuple(Lsi.GRAPH, "link to vnf:firewall:lan:0", "g/to vnf:firewall:lan:0"));
    assertThat(trace.hops().getFirst().actions())
        .containsExactly("output to link to vnf:firewall:lan:0");
    assertThat(trace.hops().getFirst().frame()).startsWith("tcp 10.0.0.1:1234 -> 8.8.8.8:80 ");
    assertThat(trace.cut()).isFalse();
  }

  @Test
  void fromFunctionToFunctionItStaysInTheGraphsLsi() {
    Trace trace = trace(HOME, "vnf:firewall:wan:0");
    assertThat(trace.hops()).hasSize(1);
    assertThat(trace.ends()).containsExactly(new Trace.End(function("vnf:nat:lan:0"), Bytes.tcp()));
  }

  @Test
  void fromTheLastFunctionItLeavesByTheInterface() {
    Trace trace = trace(HOME, "vnf:nat:wan:0");
    assertThat(trace.ends())
        .containsExactly(new Trace.End(new PortName.Physical("un-wan"), Bytes.tcp()));
  }

  @Test
  void everyPortOfEveryExampleLeadsSomewhere() {
    for (String name : List.of("home.json", "bridge.json", "home-without-nat.json")) {
      ServiceGraph graph = example(name);
      graph
          .rules()
          .forEach(
              rule ->
                  assertThat(trace(graph, rule.match().portIn().toString()).ends())
                      .as(name + " " + rule.id())
                      .hasSize(1));
    }
  }

  @Test
  void actionsAndDropsAreToldInWords() {
    ServiceGraph graph =
        GraphReader.read(
            """
            {"forwarding-graph": {
              "end-points": [
                {"id": "a", "type": "interface", "interface": {"if-name": "eth0"}},
                {"id": "b", "type": "interface", "interface": {"if-name": "eth1"}}],
              "big-switch": {"flow-rules": [
                {"id": "1", "priority": 9,
                 "match": {"port_in": "endpoint:a", "ether_type": "0x0800"},
                 "actions": [{"push_vlan": "25"}, {"set_ip_dst_address": "10.0.0.9"},
                   {"set_l4_dst_port": "80"}, {"output_to_port": "endpoint:b"}]},
                {"id": "2", "priority": 5, "match": {"port_in": "endpoint:a"},
                 "actions": [{"drop": true}]}]}}}
            """);
    assertThat(trace(graph, "endpoint:a").hops().getFirst().actions())
        .containsExactly(
            "push VLAN 25",
            "set ipv4 dest to 10.0.0.9",
            "set dest port to 80, which changes nothing",
            "output to eth1");
    assertThat(trace(graph, "endpoint:b").hops())
        .containsExactly(
            new Trace.Hop(
                Lsi.BASE,
                new PortName.Physical("eth1"),
                Bytes.tcp().describe(),
                Optional.empty(),
                List.of("drop: no rule matches")));
    GraphTrace tracer = new GraphTrace("g", graph);
    Frame arp = PacketText.parse("arp who-has 10.0.0.1 tell 10.0.0.2");
    PortName start = new PortName.Physical("eth0");
    assertThat(tracer.run(start, arp).hops().getFirst().actions()).containsExactly("drop");
    assertThat(tracer.run(start, Bytes.frame("01")).hops().getFirst().actions())
        .containsExactly("drop: it has fewer than 14 bytes");
  }

  @Test
  void whatTheGraphDoesNotDeclareIsNoStart() {
    for (String port : List.of("endpoint:x", "vnf:firewall:lan:7", "vnf:x:lan:0")) {
      assertThatThrownBy(() -> trace(HOME, port))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("the graph has no " + port);
    }
  }

  @Test
  void atAVlanEndPointAPacketComesInWithItsTag() {
    ServiceGraph graph =
        betweenEndPoints("\"vlan\", \"vlan\": {\"vlan-id\": \"25\", \"if-name\": \"e0\"}");
    Trace trace = trace(graph, "endpoint:a");
    assertThat(trace.hops().getFirst().frame()).contains(" vlan 25 ");
    assertThat(trace.ends())
        .containsExactly(new Trace.End(new PortName.Physical("e1"), Bytes.tcp()));
    assertThat(trace(graph, "endpoint:b").ends())
        .containsExactly(
            new Trace.End(new PortName.Physical("e0"), Bytes.tcp().pushed(25).orElseThrow()));
  }

  @Test
  void anInternalGroupIsAnEndAndAStart() {
    ServiceGraph graph =
        betweenEndPoints("\"internal\", \"internal\": {\"internal-group\": \"7\"}");
    PortName group = new PortName.Group("g/a", "7");
    assertThat(trace(graph, "endpoint:b").ends())
        .containsExactly(new Trace.End(group, Bytes.tcp()));
    assertThat(trace(graph, "endpoint:a").ends())
        .containsExactly(new Trace.End(new PortName.Physical("e1"), Bytes.tcp()));
  }

  /** Both ways between a, of that type, and b, the interface e1. */
  private static ServiceGraph betweenEndPoints(String type) {
    return GraphReader.read(
        """
        {"forwarding-graph": {
          "end-points": [
            {"id": "a", "type": %s},
            {"id": "b", "type": "interface", "interface": {"if-name": "e1"}}],
          "big-switch": {"flow-rules": [
            {"id": "1", "priority": 9, "match": {"port_in": "endpoint:a"},
             "actions": [{"output_to_port": "endpoint:b"}]},
            {"id": "2", "priority": 9, "match": {"port_in": "endpoint:b"},
             "actions": [{"output_to_port": "endpoint:a"}]}]}}}
        """
            .formatted(type));
  }

  private static Trace trace(ServiceGraph graph, String from) {
    return new GraphTrace("g", graph).run(PortRef.parse(from), Bytes.tcp());
  }

  private static PortName function(String port) {
    return new PortName.OfFunction((PortRef.OfFunction) PortRef.parse(port));
  }

  private static ServiceGraph example(String name) {
    try {
      return GraphReader.read(Files.readString(Path.of("..", "docs", "examples", name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
