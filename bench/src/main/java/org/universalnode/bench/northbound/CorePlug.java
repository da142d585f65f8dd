package org.universalnode.bench.northbound;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Programs;

/**
 * One of four cores that a node believes in: in a mount namespace of its own, a file lies over the
 * kernel's list of those on-line. To take one from the machine would take it from everybody.
 */
final class CorePlug implements Plug {
  private static final String ONLINE = "/sys/devices/system/cpu/online";
  private static final Duration START = Duration.ofSeconds(10);
  private static final String ALL = "0-3\n";
  private static final int LAST_AT = 2;

  private final Path list;
  private final Programs.Running holder;

  /**
   * Makes the namespace.
   *
   * @param folder for the file
   */
  CorePlug(Programs programs, Path folder) {
    list = folder.resolve("online");
    try {
      Files.writeString(list, ALL);
      holder = programs.start(Optional.empty(), "unshare", "--mount", "sleep", "infinity");
      awaitNamespace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    programs.run(
        Optional.empty(), "nsenter", namespace(), "mount", "--bind", list.toString(), ONLINE);
  }

  /** So that it sees the file. */
  @Override
  public List<String> launcher() {
    return List.of("nsenter", namespace());
  }

  @Override
  public void unplug() {
    last("2");
  }

  @Override
  public void replug() {
    last("3");
  }

  @Override
  public long reading(JsonObject description) {
    return description
        .getAsJsonObject("hardware-informations")
        .getAsJsonObject("resources")
        .getAsJsonObject("cpu")
        .get("number")
        .getAsLong();
  }

  @Override
  public long step() {
    return 1;
  }

  /** The namespace goes with its last process. */
  @Override
  public void close() {
    holder.kill();
  }

  /** One byte, so that nobody sees half a list. */
  private void last(String core) {
    try (FileChannel file = FileChannel.open(list, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(core.getBytes(StandardCharsets.US_ASCII)), LAST_AT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String namespace() {
    return "--mount=/proc/" + holder.pid() + "/ns/mnt";
  }

  private void awaitNamespace() throws IOException {
    Path ours = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt"));
    Path theirs = Path.of("/proc", String.valueOf(holder.pid()), "ns/mnt");
    long deadline = System.nanoTime() + START.toNanos();
    while (Files.readSymbolicLink(theirs).equals(ours)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("unshare makes no namespace");
      }
      Interrupted.check();
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }
}
