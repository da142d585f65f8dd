package org.universalnode.catalog.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.catalog.Dependency.Type.PACKAGE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.Dependency;
import org.universalnode.problem.Result;

class PackagesTest {
  private static final String DPKG =
      """
      Package: nftables
      Status: install ok installed
      Priority: important
      Section: net
      Maintainer: Debian Netfilter Packaging Team <pkg@example.org>
      Architecture: amd64
      Version: 1.0.6-2+deb12u2
      Depends: libnftables1 (= 1.0.6-2+deb12u2), libedit2 (>= 2.11-20080614-0), libc6 (>= 2.34)
      Conffiles:
       /etc/nftables.conf b0c7c1ab1a5fb1cbbb4d1d7d8ff1c33d
      Description: Program to control packet filtering rules by Netfilter project
       This software provides an in-kernel packet classification framework.
       .
       Package: not-one
      Homepage: https://www.netfilter.org/

      Package: exim4-daemon-light
      Status: install ok installed
      Provides: default-mta, exim4-localscanapi-4.2, mail-transport-agent (= 4), any:any
      Version: 4.96-15+deb12u7

      Package: squid
      Status: deinstall ok config-files
      Version: 5.7-2+deb12u2

      Package: half
      Status: install reinstreq half-installed
      """;

  private static final String OPKG =
      """
      Package: firewall4
      Version: 2023-09-01-598d9fbb-1
      Depends: libc, kmod-nft-core, kmod-nft-nat, nftables-json
      Provides: uci-firewall
      Status: install user installed
      Architecture: mips_24kc
      Installed-Time: 1699999999

      Package: nftables-json
      Version: 1.0.8-1
      Provides: nftables
      Status: install hold installed
      """;

  private static final String APK =
      """
      C:Q1qKcZ+j23xssAXmgQhkOO8dHnbWw=
      P:nftables
      V:1.0.9-r2
      A:x86_64
      D:so:libc.musl-x86_64.so.1 so:libnftables.so.1
      p:cmd:nft=1.0.9-r2 pc:nftables=1 virtual-filter
      F:usr/sbin
      R:nft
      a:0:0:755

      P:busybox
      p:/bin/sh cmd:awk=1.36.1
      """;

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void aMachineWithoutPackages() {
    machine = new FakeMachine(root);
  }

  @Test
  void dpkgTellsWhatIsInstalled() {
    machine.file("/var/lib/dpkg/status", DPKG);
    assertThat(PackageTexts.debian(DPKG))
        .containsExactlyInAnyOrder(
            "nftables",
            "exim4-daemon-light",
            "default-mta",
            "exim4-localscanapi-4.2",
            "mail-transport-agent",
            "any");
    assertThat(machine.find(PACKAGE, "nftables")).isInstanceOf(Finding.Present.class);
    assertThat(machine.find(PACKAGE, "squid").toString())
        .contains("there is no package \"squid\"")
        .contains("install the package squid");
  }

  @Test
  void opkgTellsWhatIsInstalled() {
    machine.file("/usr/lib/opkg/status", OPKG);
    assertThat(machine.find(PACKAGE, "firewall4")).isInstanceOf(Finding.Present.class);
    assertThat(machine.find(PACKAGE, "nftables")).isInstanceOf(Finding.Present.class);
    assertThat(machine.find(PACKAGE, "libc")).isInstanceOf(Finding.Absent.class);
  }

  @Test
  void apkTellsWhatIsInstalled() {
    machine.file("/lib/apk/db/installed", APK);
    assertThat(PackageTexts.alpine(APK))
        .containsExactlyInAnyOrder("nftables", "virtual-filter", "busybox", "/bin/sh");
    assertThat(machine.find(PACKAGE, "busybox")).isInstanceOf(Finding.Present.class);
    assertThat(machine.find(PACKAGE, "nft")).isInstanceOf(Finding.Absent.class);
  }

  @Test
  void rpmIsAskedOnceWhileItsDatabaseStays() {
    machine.file("/var/lib/rpm/rpmdb.sqlite", "x").program("/usr/bin/rpm");
    List<List<String>> asked = new ArrayList<>();
    Discovery discovery =
        machine.discovery(
            (command, _) -> {
              asked.add(command);
              return Result.done("nftables\nbash\n");
            },
            KernelTrial.NONE);
    assertThat(discovery.find(named("nftables"))).isInstanceOf(Finding.Present.class);
    assertThat(discovery.find(named("squid"))).isInstanceOf(Finding.Absent.class);
    assertThat(asked).containsExactly(List.of("/usr/bin/rpm", "-qa", "--qf", "%{NAME}\\n"));
    machine.file("/var/lib/rpm/rpmdb.sqlite", "larger");
    discovery.find(named("nftables"));
    assertThat(asked).hasSize(2);
  }

  @Test
  void anRpmThatFailsLeavesItOpen() {
    machine.file("/var/lib/rpm/rpmdb.sqlite", "x").program("/usr/bin/rpm");
    assertThat(machine.find(PACKAGE, "nftables")).isInstanceOf(Finding.Unknown.class);
  }

  @Test
  void aChangeOfTheDatabaseIsNoticed() {
    machine.file("/var/lib/dpkg/status", DPKG);
    Discovery discovery = machine.discovery();
    assertThat(discovery.find(named("jq"))).isInstanceOf(Finding.Absent.class);
    machine.file("/var/lib/dpkg/status", DPKG + "\nPackage: jq\nStatus: install ok installed\n");
    assertThat(discovery.find(named("jq"))).isInstanceOf(Finding.Present.class);
  }

  @Test
  void imagesWithoutAPackageManagerListTheirPackagesAsFiles() {
    machine.file("/var/lib/dpkg/status.d/base-files", "Package: base-files\n");
    assertThat(machine.find(PACKAGE, "base-files")).isInstanceOf(Finding.Present.class);
    assertThat(machine.find(PACKAGE, "jq")).isInstanceOf(Finding.Absent.class);
  }

  /** A status file of random packages in random states says exactly what was put into it. */
  @Test
  void generatedDatabasesAreReadAsTheyWereWritten() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      Set<String> installed = new TreeSet<>();
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        String name = "p" + random.nextInt(1_000) + "-" + i;
        boolean there = random.nextBoolean();
        text.append("Package: ").append(name).append('\n');
        text.append(random.nextBoolean() ? "Description: a\n Package: fake\n" : "");
        text.append(there ? "Status: install ok installed" : "Status: purge ok not-installed");
        text.append(random.nextBoolean() ? "\nVersion: 1\n\n" : "\n \n");
        if (there) {
          installed.add(name);
        }
      }
      assertThat(PackageTexts.debian(text.toString()))
          .as("seed %d, %s", seed, text)
          .containsExactlyInAnyOrderElementsOf(installed);
    }
  }

  private static Dependency named(String name) {
    return new Dependency(name, PACKAGE);
  }
}
