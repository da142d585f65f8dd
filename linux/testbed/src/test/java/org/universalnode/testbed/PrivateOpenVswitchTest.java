package org.universalnode.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.NetworkNamespace;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class PrivateOpenVswitchTest {

  @Test
  void twoStandSideBySideAndNothingOfThemIsLeft() {
    NetworkNamespace one = namespace("a");
    NetworkNamespace other = namespace("b");
    try (PrivateOpenVswitch first = PrivateOpenVswitch.in(one);
        PrivateOpenVswitch second = other.call(PrivateOpenVswitch::here)) {
      addBridge(first);
      addBridge(second);
      assertThat(first.folder()).isNotEqualTo(second.folder());
      assertThat(first.ofctl("show", "br0")).contains("LOCAL(br0)");
      List<ProcessHandle> processes = second.processes();
      second.close();
      assertThat(processes).hasSize(2).noneMatch(ProcessHandle::isAlive);
      assertThat(second.folder()).doesNotExist();
      assertThat(devices(other)).doesNotContain("br0", "ovs-netdev");
      assertThat(first.vsctl("list-br")).isEqualTo("br0\n");
    } finally {
      one.delete();
      other.delete();
    }
  }

  @Test
  void eachCanDieAndComeBack() {
    NetworkNamespace namespace = namespace("c");
    try (PrivateOpenVswitch ovs = PrivateOpenVswitch.in(namespace)) {
      addBridge(ovs);
      ovs.killSwitch();
      ovs.killDatabase();
      assertThat(ovs.processes()).isEmpty();
      ovs.startDatabase();
      ovs.startSwitch();
      assertThat(ovs.ofctl("show", "br0")).contains("LOCAL(br0)");
      assertThat(ovs.managementSocket("br0")).exists();
    } finally {
      namespace.delete();
    }
  }

  private static void addBridge(PrivateOpenVswitch ovs) {
    ovs.vsctl("add-br", "br0", "--", "set", "bridge", "br0", "datapath_type=netdev");
  }

  private static List<String> devices(NetworkNamespace namespace) {
    return namespace.call(
        () -> {
          try (var lines = Files.lines(Path.of("/proc/thread-self/net/dev"))) {
            return lines.map(line -> line.strip().replaceAll(":.*", "")).toList();
          }
        });
  }

  private static NetworkNamespace namespace(String name) {
    return NetworkNamespace.create("povs" + ProcessHandle.current().pid() + name);
  }
}
