package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
  @TempDir Path folder;

  @Test
  void aDiskWithABootSectorIsRaw() throws IOException {
    assertThat(Disk.of(file(ByteBuffer.allocate(1024).putShort(510, (short) 0x55aa))).format())
        .isEqualTo("raw");
  }

  @Test
  void aWholeQcowIsOne() throws IOException {
    assertThat(Disk.of(file(qcow())).format()).isEqualTo("qcow2");
  }

  @Test
  void oneThatStandsOnAFileOfTheMachineIsRefused() throws IOException {
    Path file = file(qcow().putLong(8, 104));
    assertThatThrownBy(() -> Disk.of(file)).hasMessageContaining("refers to another file");
  }

  @Test
  void oneWhoseDataIsInAnotherFileIsRefused() throws IOException {
    Path file = file(qcow().putLong(72, 4));
    assertThatThrownBy(() -> Disk.of(file)).hasMessageContaining("refers to another file");
  }

  @Test
  void whatDoesNotBootIsRefused() throws IOException {
    Path empty = file(ByteBuffer.allocate(0));
    assertThatThrownBy(() -> Disk.of(empty)).hasMessageContaining("is no disk that boots");
    Path zeros = file(ByteBuffer.allocate(4096));
    assertThatThrownBy(() -> Disk.of(zeros)).hasMessageContaining("is no disk that boots");
  }

  private static ByteBuffer qcow() {
    return ByteBuffer.allocate(4096).putInt(0, 0x514649fb).putInt(4, 3);
  }

  private Path file(ByteBuffer content) throws IOException {
    byte[] bytes = new byte[content.capacity()];
    content.get(0, bytes);
    return Files.write(Files.createTempFile(folder, "disk", ""), bytes);
  }
}
