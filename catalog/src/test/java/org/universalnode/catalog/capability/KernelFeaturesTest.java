package org.universalnode.catalog.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.catalog.Dependency.Type.KERNEL_FEATURE;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.catalog.Dependency;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

class KernelFeaturesTest {
  private static final String CONFIG =
      """
      #
      # Linux/x86 6.1.0 Kernel Configuration
      #
      CONFIG_CC_VERSION_TEXT="gcc"
      CONFIG_NF_TABLES=y
      CONFIG_NF_CONNTRACK_ZONES=y
      CONFIG_INET_ESP=m
      CONFIG_VLAN_8021Q=m
      # CONFIG_WIREGUARD is not set
      CONFIG_HZ=250
      CONFIG_NET_SCH_HTB=y
      CONFIG_NET_SCH_HTBX=n
      """;

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void aKernel() {
    machine = new FakeMachine(root).kernelRelease("6.1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "nf_tables, true", "nftables, true", "NF-TABLES, true", "CONFIG_NF_TABLES, true",
    "htb, true", "sch_htb, true", "net_sch_htb, true", "conntrack-zones, true",
    "hz, true", "wireguard, false", "config_wireguard, false", "net_sch_htbx, false",
    "tables, false"
  })
  void aConfigurationTellsByEveryName(String name, boolean there) {
    machine.kernelConfig(CONFIG);
    assertThat(find(name)).isInstanceOf(there ? Finding.Present.class : Finding.Absent.class);
  }

  @Test
  void aConfigurationBesideTheKernelIsAsGood() {
    machine.file("/boot/config-6.1.0", CONFIG).file("/boot/config-5.0", "CONFIG_TUN=y\n");
    assertThat(find("nf_tables")).isEqualTo(new Finding.Present("CONFIG_NF_TABLES=y"));
    assertThat(find("tun")).isInstanceOf(Finding.Absent.class);
  }

  @Test
  void aModuleOfTheConfigurationMustBeInstalled() {
    machine.kernelConfig(CONFIG).file("/proc/modules", "");
    assertThat(find("esp4").toString()).contains("install or load the module esp4");
    machine.file("/lib/modules/6.1.0/modules.dep", "kernel/net/ipv4/esp4.ko.xz: kernel/x.ko.xz\n");
    assertThat(find("INET_ESP"))
        .isEqualTo(new Finding.Present("the module file kernel/net/ipv4/esp4.ko.xz"));
    machine.file("/proc/sys/kernel/modules_disabled", "1\n");
    assertThat(find("esp4")).isInstanceOf(Finding.Absent.class);
  }

  @Test
  void whatIsLoadedIsThereWhateverElseIsSaid() {
    machine.kernelConfig(CONFIG).file("/proc/modules", "wireguard 94208 0 - Live 0x0\n");
    assertThat(find("wireguard")).isEqualTo(new Finding.Present("the module wireguard"));
    machine.folder("/proc/sys/net/bridge");
    assertThat(find("br_netfilter")).isEqualTo(new Finding.Present("/proc/sys/net/bridge"));
    machine.folder("/sys/module/sctp");
    assertThat(find("sctp")).isInstanceOf(Finding.Present.class);
  }

  @Test
  void anOpenWrtHasItsModulesInOneFolder() {
    machine
        .file("/proc/modules", "")
        .file("/lib/modules/6.1.0/nf-tables.ko", "x")
        .file("/lib/modules/6.1.0/wireguard.ko.bak", "x")
        .file("/etc/os-release", "ID=openwrt\n");
    assertThat(find("nf_tables")).isEqualTo(new Finding.Present("the module file nf-tables.ko"));
    assertThat(find("wireguard")).isInstanceOf(Finding.Unknown.class);
    machine.file("/lib/modules/6.1.0/modules.builtin", "kernel/drivers/net/tun.ko\n");
    assertThat(find("tun")).isInstanceOf(Finding.Present.class);
    assertThat(find("wireguard").toString()).contains("install the package kmod-wireguard");
  }

  @ParameterizedTest
  @ValueSource(strings = {"conntrack_zones", "something_of_ours"})
  void whatIsNoModuleIsNotMissedForLackOfOne(String name) {
    machine.file("/lib/modules/6.1.0/modules.builtin", "kernel/drivers/net/tun.ko\n");
    assertThat(find(name)).isInstanceOf(Finding.Unknown.class);
  }

  @Test
  void aKernelThatTellsNothingIsTakenAtItsTrial() {
    assertThat(find("wireguard").toString()).contains("is not known");
    assertThat(tried(true)).isInstanceOf(Finding.Present.class);
    assertThat(tried(false)).isInstanceOf(Finding.Absent.class);
  }

  private Finding tried(boolean answer) {
    return machine
        .discovery(
            (_, _) -> Result.failed(Problem.of(Code.INTERNAL, "not asked")),
            module -> module.equals("wireguard") ? Optional.of(answer) : Optional.empty())
        .find(new Dependency("wireguard", KERNEL_FEATURE));
  }

  private Finding find(String name) {
    return machine.find(KERNEL_FEATURE, name);
  }
}
