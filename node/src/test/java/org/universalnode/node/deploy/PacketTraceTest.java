package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.plan.DesiredGraphs;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.PacketText;

class PacketTraceTest {
  private static final Frame WEB = PacketText.parse("tcp 10.0.0.1:1234 -> 8.8.8.8:80");

  /** Two VLANs and the interface itself at eth0, and a group. */
  private static final String TRUNK =
      """
      {"forwarding-graph":{"end-points":[
        {"id":"red","type":"vlan","vlan":{"vlan-id":"25","if-name":"eth0"}},
        {"id":"blue","type":"vlan","vlan":{"vlan-id":"26","if-name":"eth0"}},
        {"id":"bare","type":"interface","interface":{"if-name":"eth0"}},
        {"id":"lan","type":"internal","internal":{"internal-group":"home"}}],
       "big-switch":{"flow-rules":[
        {"id":"out","priority":2,"match":{"port_in":"endpoint:lan","ether_type":"0x0800"},
         "actions":[{"output_to_port":"endpoint:red"}]},
        {"id":"deny","priority":3,
         "match":{"port_in":"endpoint:lan","ether_type":"0x0800","protocol":"udp"},
         "actions":[{"drop":true}]},
        {"id":"in","priority":1,"match":{"port_in":"endpoint:blue"},
         "actions":[{"output_to_port":"endpoint:lan"}]}]}}}""";

  @Test
  void aPacketThatReachesAFunctionEndsThere() {
    DesiredGraph graph = DesiredGraphs.graph(Map.of("a", "{}"), "eth0");
    PacketTrace trace = PacketTrace.of(graph, new PortRef.OfEndPoint("1"), WEB);
    assertThat(trace.hops())
        .extracting(hop -> hop.lsi() + " " + hop.in() + " " + hop.rule().orElse("-"))
        .containsExactly("LSI-0 eth0 a-in", "LSI-1 link to vnf:a:in:0 -");
    assertThat(trace.hops().getLast().actions()).containsExactly("output to vnf:a:in:0");
    assertThat(trace.ends())
        .containsExactly(
            new PacketTrace.End(
                "vnf:a:in:0", List.of(PortRef.parse("vnf:a:in:0")), List.of(), WEB));
  }

  @Test
  void aFramesVlanTellsByWhichEndPointOfAnInterfaceItLeaves() {
    PacketTrace trace = PacketTrace.of(trunk(), new PortRef.OfEndPoint("lan"), WEB);
    PacketTrace.End end = trace.ends().getFirst();
    assertThat(end.at()).isEqualTo("eth0");
    assertThat(end.ports()).hasToString("[endpoint:red, endpoint:bare]");
    assertThat(end.onward()).isEmpty();
    assertThat(end.frame()).isEqualTo(WEB.pushed(25).orElseThrow());
  }

  @Test
  void aFrameComesInWithTheTagOfItsEndPointAndLosesIt() {
    PacketTrace trace = PacketTrace.of(trunk(), new PortRef.OfEndPoint("blue"), WEB);
    assertThat(trace.packet()).isEqualTo(WEB);
    assertThat(trace.hops().getFirst().frame()).contains("vlan 26");
    assertThat(trace.ends().getFirst().ports()).hasToString("[endpoint:lan]");
    assertThat(trace.ends().getFirst().frame()).isEqualTo(WEB);
  }

  @Test
  void aDropByARuleIsToldFromADropWithoutOne() {
    PortRef lan = new PortRef.OfEndPoint("lan");
    PacketTrace denied =
        PacketTrace.of(trunk(), lan, PacketText.parse("udp 1.1.1.1:1 -> 2.2.2.2:2"));
    assertThat(denied.ends()).isEmpty();
    assertThat(denied.hops().getFirst().rule()).contains("deny");
    PacketTrace unmatched =
        PacketTrace.of(trunk(), lan, PacketText.parse("arp who-has 10.0.0.1 tell 10.0.0.2"));
    assertThat(unmatched.ends()).isEmpty();
    assertThat(unmatched.hops()).hasSize(1);
    assertThat(unmatched.hops().getFirst().rule()).isEqualTo(Optional.empty());
    assertThat(unmatched.hops().getFirst().actions()).containsExactly("drop: no rule matches");
  }

  @Test
  void aPortThatTheGraphDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> PacketTrace.of(trunk(), new PortRef.OfEndPoint("9"), WEB))
        .hasMessageContaining("the graph has no endpoint:9");
    assertThatThrownBy(() -> PacketTrace.of(trunk(), PortRef.parse("vnf:fw:lan:0"), WEB))
        .hasMessageContaining("the graph has no vnf:fw:lan:0");
  }

  private static DesiredGraph trunk() {
    ServiceGraph graph = GraphReader.read(TRUNK);
    return DesiredGraph.of(
        "machine", new DesiredGraph.StoredIdentity("g", new LsiId(1)), graph, Map.of());
  }
}
