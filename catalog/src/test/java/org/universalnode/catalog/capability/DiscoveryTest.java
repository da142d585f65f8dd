package org.universalnode.catalog.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.catalog.Dependency.Type.DEVICE;
import static org.universalnode.catalog.Dependency.Type.EXECUTABLE;
import static org.universalnode.catalog.Dependency.Type.FILE;
import static org.universalnode.catalog.Dependency.Type.LIBRARY;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.Dependency;

class DiscoveryTest {
  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void anEmptyMachine() {
    machine = new FakeMachine(root);
  }

  @Test
  void librariesAreFoundByTheLinkersCache() {
    machine
        .file("/opt/odd/libodd.so.3", "x")
        .file("/etc/ld.so.cache", cache("libodd.so.3", "/opt/odd/libodd.so.3"));
    for (String name : List.of("libodd.so.3", "libodd", "odd")) {
      assertThat(machine.find(LIBRARY, name))
          .isEqualTo(new Finding.Present("/opt/odd/libodd.so.3"));
    }
    assertThat(machine.find(LIBRARY, "libod")).isInstanceOf(Finding.Absent.class);
    assertThat(machine.find(LIBRARY, "libodd.so.4")).isInstanceOf(Finding.Absent.class);
  }

  @Test
  void aLibraryOfTheCacheThatIsGoneIsMissing() {
    machine.file("/etc/ld.so.cache", cache("libodd.so.3", "/opt/odd/libodd.so.3"));
    assertThat(machine.find(LIBRARY, "libodd")).isInstanceOf(Finding.Absent.class);
  }

  @Test
  void librariesOfMachinesWithoutACacheAreInTheUsualFolders() {
    machine.file("/usr/lib/libmnl.so.0", "x");
    assertThat(machine.find(LIBRARY, "libmnl"))
        .isEqualTo(new Finding.Present("/usr/lib/libmnl.so.0"));
  }

  @Test
  void damagedCachesAreReadWithoutHarm() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = cache("libodd.so.3", "/opt/odd/libodd.so.3");
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int j = random.nextInt(4); j > 0 && damaged.length > 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      assertThat(LinkerCache.read(damaged)).as("seed %d", seed).hasSizeLessThan(3);
    }
  }

  @Test
  void devicesAreNoPlainFiles() throws IOException {
    machine.folder("/dev/net").file("/dev/plain", "x");
    Files.createSymbolicLink(machine.at("/dev/net/tun"), Path.of("/dev/null"));
    assertThat(machine.find(DEVICE, "/dev/net/tun")).isInstanceOf(Finding.Present.class);
    assertThat(machine.find(DEVICE, "net/tun")).isInstanceOf(Finding.Present.class);
    assertThat(machine.find(DEVICE, "plain")).isInstanceOf(Finding.Absent.class);
    assertThat(machine.find(DEVICE, "net")).isInstanceOf(Finding.Absent.class);
  }

  @Test
  void filesAreNamedByAbsolutePaths() {
    machine.file("/etc/ssl/ours.pem", "x");
    assertThat(machine.find(FILE, "/etc/ssl/ours.pem")).isInstanceOf(Finding.Present.class);
    assertThat(machine.find(FILE, "etc/ssl/ours.pem").toString())
        .contains("name the file by its absolute path");
  }

  @Test
  void whatIsMissingIsMissingAlsoIfNobodyCanSayWhoBringsIt() {
    machine
        .file("/var/lib/apt/lists/a_Contents-amd64.gz", "not gzip")
        .file("/var/lib/apt/lists/b_Contents-amd64", "usr/bin/odd tools/oddities\n");
    assertThat(machine.find(EXECUTABLE, "nosuch")).isInstanceOf(Finding.Absent.class);
    assertThat(machine.find(EXECUTABLE, "odd").toString()).contains("install the package oddities");
  }

  @Test
  void whatCannotBeReadIsNotTakenForAbsent() {
    machine.folder("/proc/modules");
    Finding finding = machine.find(Dependency.Type.KERNEL_FEATURE, "tun");
    assertThat(finding).isInstanceOf(Finding.Unknown.class);
  }

  @Test
  void thisMachineHasAShell() {
    Discovery here = new FakeMachine(Path.of("/")).discovery();
    assertThat(here.find(new Dependency("sh", EXECUTABLE))).isInstanceOf(Finding.Present.class);
    assertThat(here.find(new Dependency("no-such-tool-anywhere", EXECUTABLE)))
        .isInstanceOf(Finding.Absent.class);
    assertThat(here.find(new Dependency("/dev/null", DEVICE))).isInstanceOf(Finding.Present.class);
    assertThat(here.find(new Dependency("null", DEVICE))).isInstanceOf(Finding.Present.class);
    assertThat(here.find(new Dependency("libc", LIBRARY))).isInstanceOf(Finding.Present.class);
    assertThat(here.find(new Dependency("ipv6", Dependency.Type.KERNEL_FEATURE)))
        .isInstanceOf(Finding.Present.class);
  }

  /** A header of 48 bytes, one entry of 24, then the texts. */
  private static byte[] cache(String name, String path) {
    byte[] texts = (name + "\0" + path + "\0").getBytes(StandardCharsets.UTF_8);
    ByteBuffer cache = ByteBuffer.allocate(72 + texts.length).order(ByteOrder.nativeOrder());
    cache.put("glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII));
    cache.putInt(1).putInt(texts.length).position(48);
    cache.putInt(0x303).putInt(72).putInt(72 + name.length() + 1).putInt(0).putLong(0);
    return cache.put(texts).array();
  }
}
