package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.universalnode.catalog.resolve.Link;
import org.universalnode.catalog.resolve.Link.Port;
import org.universalnode.nffg.GraphReader;

class WiringsTest {

  @Test
  void portsThatHandFramesToEachOtherAreLinkedOnceWhicheverWay() {
    String text =
        """
        {"forwarding-graph":{"VNFs":[
          {"id":"a","functional-capability":"x","ports":[{"id":"in:0"},{"id":"out:0"}]},
          {"id":"b","functional-capability":"x","ports":[{"id":"in:0"}]}],
         "end-points":[{"id":"1","type":"interface","interface":{"if-name":"eth0"}},
          {"id":"2","type":"interface","interface":{"if-name":"eth1"}}],
         "big-switch":{"flow-rules":[
          {"id":"1","priority":9,"match":{"port_in":"endpoint:1"},
           "actions":[{"output_to_port":"vnf:a:in:0"}]},
          {"id":"2","priority":1,"match":{"port_in":"vnf:a:out:0"},
           "actions":[{"output_to_port":"vnf:b:in:0"}]},
          {"id":"3","priority":1,"match":{"port_in":"vnf:b:in:0"},
           "actions":[{"output_to_port":"vnf:a:out:0"}]},
          {"id":"4","priority":1,"match":{"port_in":"endpoint:1"},
           "actions":[{"output_to_port":"endpoint:2"}]},
          {"id":"5","priority":1,"match":{"port_in":"endpoint:2"},"actions":[{"drop":true}]}]}}}
        """;
    assertThat(Wirings.of(GraphReader.read(text)))
        .containsExactly(
            new Link(new Port("a", "in"), Optional.empty()),
            new Link(new Port("a", "out"), Optional.of(new Port("b", "in"))));
  }
}
