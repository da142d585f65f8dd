package org.universalnode.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionLogTest {
  @TempDir Path folder;
  private FunctionLog log = new FunctionLog(Path.of(""));

  @BeforeEach
  void begin() {
    log = new FunctionLog(folder.resolve("log"));
  }

  @Test
  void aFullDiskDoesNotEndItsTurning() throws IOException {
    Files.writeString(folder.resolve("log"), "x\n".repeat((int) FunctionLog.FULL_BYTES / 2));
    Files.writeString(folder.resolve("log.begin"), "");
    log.rotate();
    assertThat(folder.resolve("log")).isEmptyFile();
    Files.writeString(folder.resolve("log"), "later\n");
    assertThat(log.lastLine()).isEqualTo("later");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  /** The function has the file open, and can stretch it to any size at any moment. */
  @Test
  void noMoreIsReadThanWasAskedForHoweverLongTheFileIs() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("log").toFile(), "rw")) {
      file.setLength(3L << 30);
    }
    assertThat(log.read(OptionalLong.empty(), 1000).text()).hasSizeLessThanOrEqualTo(1000);
    assertThat(log.read(OptionalLong.of(0), 1000).text()).hasSizeLessThanOrEqualTo(1000);
  }
}
