package org.universalnode.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

class NamesTest {
  @Test
  void portsAreCalledByLabelAndNumber() {
    assertThat(interfaces("lan:0", "WAN:1")).containsExactly("lan0", "wan1");
  }

  @Test
  void labelsThatTheKernelWouldNotTakeBecomePositions() {
    assertThat(interfaces("a label with spaces:0", "averyverylonglabel:0", "lan:0", "LAN:0"))
        .containsExactly("port0", "port1", "lan0", "port3");
    assertThat(interfaces("lo:0", "port:3", "0:0")).containsExactly("port0", "port1", "port2");
  }

  @Test
  void theVariableOfAPortIsWhatTheContractSays() {
    assertThat(PortNames.variable(PortLabel.parse("in-out:2"))).isEqualTo("UN_PORT_IN_OUT_2");
  }

  @Test
  void instancesHaveDifferentNamesHoweverTheirIdsLook() {
    List<String> names =
        Stream.of(
                new InstanceId("a", "b-c"),
                new InstanceId("a-b", "c"),
                new InstanceId("a/b", "c"),
                new InstanceId("a.b", "c"),
                new InstanceId("x".repeat(128), "y".repeat(128)),
                new InstanceId("x".repeat(128), "y".repeat(127)))
            .map(id -> InstanceName.of("un", id))
            .toList();
    assertThat(names)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[A-Za-z0-9_-]{1,110}"));
  }

  private static List<String> interfaces(String... labels) {
    return PortNames.interfaces(
        Stream.of(labels)
            .map(label -> new PortSpec(PortLabel.parse(label), new MacAddress(2), Optional.empty()))
            .toList());
  }
}
