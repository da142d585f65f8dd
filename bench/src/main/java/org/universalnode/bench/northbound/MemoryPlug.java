package org.universalnode.bench.northbound;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.universalnode.bench.harness.Machine;
import org.universalnode.bench.lab.Interrupted;

/** Memory that a file in tmpfs takes: more than twice what a node thinks worth telling. */
final class MemoryPlug implements Plug {
  private static final Path TMPFS = Path.of("/dev/shm");
  private static final int TOLD_PERCENT = 2;
  private static final int FILLED_PERCENT = 5;
  private static final int PERCENT = 100;
  private static final int PIECE = 4 << 20;
  private static final int MEGA = 20;

  private final long bytes = Machine.totalBytes() * FILLED_PERCENT / PERCENT;
  private final Path file = TMPFS.resolve("un-bench" + ProcessHandle.current().pid());

  @Override
  public void unplug() {
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    try (FileChannel filled =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (filled.size() < bytes) {
        Interrupted.check();
        filled.write(piece.clear());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void replug() {
    close();
  }

  @Override
  public long reading(JsonObject description) {
    return description
        .getAsJsonObject("hardware-informations")
        .getAsJsonObject("resources")
        .getAsJsonObject("memory")
        .get("free")
        .getAsLong();
  }

  @Override
  public long step() {
    return (Machine.totalBytes() >> MEGA) * TOLD_PERCENT / PERCENT;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
