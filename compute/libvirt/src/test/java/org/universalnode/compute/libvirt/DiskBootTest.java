package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;

/** A machine whose image is a disk boots from it. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("virtual machines")
@EnabledIf(
    value = "org.universalnode.compute.libvirt.Bridge#isThere",
    disabledReason =
        "needs root, libvirtd, QEMU and a Debian mirror; the output says what is missing")
class DiskBootTest {
  private static final String TEXT = "it boots from its disk";

  /** Writes what follows it to the first serial line, and halts. */
  private static final String BOOT_SECTOR = "31c08ed8fcbaf803be167cac84c07403eeebf8f4ebfd";

  private static final int BYTES = 1 << 20;

  @TempDir Path folder;

  @Test
  void itBootsFromACopyThatGoesWithIt() throws IOException {
    Path image = Files.write(folder.resolve("image"), disk());
    try (MachineLab lab = new MachineLab(folder)) {
      FunctionDriver driver = lab.driver();
      String name = driver.install(new ImageSource.File(image)).orThrow();
      FunctionSpec spec = lab.spec(name, List.of(), "{}");
      lab.start(driver, spec);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  driver
                      .log(spec.id(), OptionalLong.of(0), 1 << 16)
                      .orThrow()
                      .text()
                      .contains(TEXT));
      assertThat(lab.place().folder().overlay()).exists();
      driver.delete(spec.id()).orThrow();
      assertThat(lab.place().folder().path()).doesNotExist();
      assertThat(image).hasBinaryContent(disk());
    }
  }

  private static byte[] disk() {
    byte[] disk = new byte[BYTES];
    byte[] code = HexFormat.of().parseHex(BOOT_SECTOR);
    byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(code, 0, disk, 0, code.length);
    System.arraycopy(text, 0, disk, code.length, text.length);
    disk[510] = 0x55;
    disk[511] = (byte) 0xaa;
    return disk;
  }
}
