package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.compute.Containment;
import org.universalnode.compute.InstanceId;
import org.universalnode.nffg.EnvironmentVariable;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

@EnabledIf(value = "isInstalled", disabledReason = "install Debian's cpio")
class GuestFilesTest {
  @TempDir Path folder;

  static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/cpio"));
  }

  @Test
  void aGuestFindsItsFilesOnTheDiskAsCpioUnpacksThem() throws Exception {
    Path disk = folder.resolve("disk");
    new GuestFiles(instance(), "{\"a\":1}").writeDisk(disk);
    assertThat(Files.size(disk) % 512).isZero();
    unpack(disk);
    assertThat(folder.resolve("un/configuration.json")).hasContent("{\"a\":1}");
    assertThat(folder.resolve("un/ports")).hasContent("lan:0 02:00:00:00:00:01 10.0.0.1/24");
    assertThat(folder.resolve("un/environment")).hasContent("COLOUR='it'\\''s red'");
  }

  @Test
  void inAnInitialFileSystemTheyBeginWhereTheKernelLooks() throws IOException {
    Path image = Files.writeString(folder.resolve("image"), "12345");
    Path initrd = folder.resolve("initrd");
    new GuestFiles(instance(), "{}").writeInitrd(image, initrd);
    assertThat(Files.readAllBytes(initrd))
        .startsWith(("12345\0\0\0" + "070701").getBytes(StandardCharsets.US_ASCII));
  }

  private void unpack(Path archive) throws Exception {
    Process cpio =
        new ProcessBuilder("/usr/bin/cpio", "--extract", "--quiet", "--make-directories")
            .directory(folder.toFile())
            .redirectInput(archive.toFile())
            .start();
    assertThat(cpio.waitFor()).isZero();
  }

  private static Recorded instance() {
    Port port =
        new Port(
            PortLabel.parse("lan:0"),
            MacAddress.parse("02:00:00:00:00:01"),
            Optional.of(InterfaceAddress.parse("10.0.0.1/24")),
            "");
    return new Recorded(
        new InstanceId("g", "f"),
        Path.of("/image"),
        List.of(port),
        new Containment(Isolation.USER, 1 << 20, 1, OptionalInt.empty(), List.of(), List.of()),
        1,
        List.of(new EnvironmentVariable("COLOUR", "it's red")));
  }
}
