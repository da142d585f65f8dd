package org.universalnode.catalog.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.catalog.Dependency.Type.EXECUTABLE;
import static org.universalnode.catalog.Dependency.Type.PACKAGE;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.Dependency;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.TemplateReader;
import org.universalnode.problem.Problem;

class ExecutablesTest {
  private static final Dependency NFT = new Dependency("nft", EXECUTABLE);
  private static final FunctionTemplate FIREWALL =
      TemplateReader.read(
          """
          {"name": "firewall", "functional-capability": "firewall", "vnf-type": "native",
           "uri-image-type": "local-file", "uri-image": "firewall.tgz",
           "dependencies": {"capability": [{"name": "nft", "type": "executable"},
             {"name": "jq", "type": "executable"}, {"name": "tun", "type": "kernel-feature"}]}}
          """,
          Path.of("/srv"));

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void aDebianWithoutPrograms() {
    machine = new FakeMachine(root).debian();
  }

  @Test
  void aProgramIsFoundWhereHandlersFindIt() {
    machine.program("/usr/sbin/nft").program("/home/me/bin/jq");
    assertThat(machine.find(EXECUTABLE, "nft")).isEqualTo(new Finding.Present("/usr/sbin/nft"));
    assertThat(machine.find(EXECUTABLE, "jq")).isInstanceOf(Finding.Absent.class);
    assertThat(machine.find(EXECUTABLE, "/home/me/bin/jq"))
        .isEqualTo(new Finding.Present("/home/me/bin/jq"));
  }

  @Test
  void aFileThatMayNotBeExecutedIsNoProgram() {
    machine.file("/usr/sbin/nft", "text").folder("/usr/bin/jq");
    assertThat(machine.find(EXECUTABLE, "nft")).isInstanceOf(Finding.Absent.class);
    assertThat(machine.find(EXECUTABLE, "jq")).isInstanceOf(Finding.Absent.class);
    assertThat(machine.find(EXECUTABLE, "../usr/sbin/nft")).isInstanceOf(Finding.Absent.class);
  }

  @Test
  void aRemovedProgramIsMissedAtOnceWithItsPackage() {
    machine.program("/usr/sbin/nft").program("/usr/bin/jq").folder("/sys/module/tun");
    Requirements requirements = new Requirements(machine.discovery());
    assertThat(requirements.missing(FIREWALL)).isEmpty();
    machine.without("/usr/sbin/nft");
    assertThat(requirements.missing(FIREWALL))
        .extracting(Problem::detail, Problem::nextStep)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "there is no executable \"nft\"", "install the package nftables"));
    machine.program("/usr/local/bin/nft");
    assertThat(requirements.missing(FIREWALL)).isEmpty();
  }

  @Test
  void allThatIsMissingIsNamed() {
    machine.kernelConfig("# CONFIG_TUN is not set\n");
    assertThat(new Requirements(machine.discovery()).missing(FIREWALL))
        .extracting(Problem::nextStep)
        .containsExactly(
            "install the package nftables",
            "install the package jq",
            "install or load the module tun, or use a kernel with CONFIG_TUN");
  }

  @Test
  void anInstalledPackageThatLacksTheProgramIsToBeInstalledAgain() {
    machine
        .file("/var/lib/dpkg/status", "Package: nftables-next\nStatus: install ok installed\n")
        .file("/var/lib/dpkg/info/nftables-next.list", "/.\n/usr\n/usr/sbin/nft\n");
    assertThat(advice(NFT)).startsWith("install the package nftables-next again");
  }

  @Test
  void aRemovedPackageThatLeftItsListIsToBeInstalled() {
    machine
        .file("/var/lib/dpkg/status", "Package: nftables-next\nStatus: deinstall ok config-files\n")
        .file("/var/lib/dpkg/info/nftables-next:amd64.list", "/usr/sbin/nft\n");
    assertThat(advice(NFT)).isEqualTo("install the package nftables-next");
  }

  @Test
  void otherDistributionsNameTheirOwnPackages() {
    machine.file("/etc/os-release", "ID='openwrt'\nID_LIKE=\"lede openwrt\"\n");
    assertThat(advice(new Dependency("ip", EXECUTABLE))).isEqualTo("install the package ip-full");
    machine.file("/etc/os-release", "ID=alpine\n");
    assertThat(advice(new Dependency("tc", EXECUTABLE)))
        .isEqualTo("install the package iproute2-tc");
    machine.file("/etc/os-release", "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n");
    assertThat(advice(new Dependency("ip", EXECUTABLE))).isEqualTo("install the package iproute");
    machine.file("/etc/os-release", "ID=gentoo\n");
    assertThat(advice(new Dependency("ip", EXECUTABLE))).isEqualTo("install it");
  }

  @Test
  void anotherFormOfTheAptIndexesIsAskedForWhatWeDoNotKnow() {
    machine.file(
        "/var/lib/apt/lists/deb_dists_main_cnf_Commands-amd64",
        "suite: stable\n\nname: acct\ncommands: ac,accton,last\n\nname: x\ncommands: lastx\n");
    machine.file(
        "/var/lib/apt/lists/deb_dists_main_Contents-amd64.gz",
        FakeMachine.gzip("usr/bin/lastx   other/y\nusr/sbin/zap    net/zapper,net/other\n"));
    assertThat(advice(new Dependency("last", EXECUTABLE))).isEqualTo("install the package acct");
    assertThat(advice(new Dependency("lastx", EXECUTABLE))).isEqualTo("install the package x");
    assertThat(advice(new Dependency("zap", EXECUTABLE))).isEqualTo("install the package zapper");
  }

  @Test
  void alpineTellsFilesOfItsPackages() {
    machine
        .file("/etc/os-release", "ID=alpine\n")
        .file("/lib/apk/db/installed", "P:musl\nF:lib\nR:ld.so\n\nP:own\nF:usr/bin\nR:tool\n\n");
    assertThat(advice(new Dependency("tool", EXECUTABLE)))
        .startsWith("install the package own again");
  }

  @Test
  void aMachineWithoutADatabaseDoesNotTellOfPackages() {
    assertThat(machine.find(PACKAGE, "nftables")).isInstanceOf(Finding.Unknown.class);
    assertThat(List.of(new Dependency("nftables", PACKAGE)))
        .allSatisfy(
            one ->
                assertThat(machine.discovery().find(one).toString())
                    .contains("the machine has no database of packages"));
  }

  private String advice(Dependency missing) {
    Finding finding = machine.discovery().find(missing);
    assertThat(finding).isInstanceOf(Finding.Absent.class);
    return ((Finding.Absent) finding).problem().nextStep();
  }
}
