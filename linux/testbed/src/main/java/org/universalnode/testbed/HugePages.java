package org.universalnode.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Huge pages of 2 MiB that this machine has as long as a test needs them. */
public final class HugePages implements AutoCloseable {
  private static final Path NUMBER = Path.of("/proc/sys/vm/nr_hugepages");

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_DIGITS = 20;

  private final int count;

  private HugePages(int count) {
    this.count = count;
  }

  /** Adds that many to those that there are. Tests of one JVM do so one after the other. */
  public static HugePages add(int count) {
    int before = number();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    write(before + count);
    while (number() < before + count && System.nanoTime() < deadline) { // memory is in pieces
      LockSupport.parkNanos(100_000_000);
      write(before + count);
    }
    if (number() < before + count) {
      new HugePages(number() - before).close();
      throw new IllegalStateException("this machine has no room for " + count + " huge pages");
    }
    return new HugePages(count);
  }

  /** Takes them away again; others may have added some meanwhile. */
  @Override
  public void close() {
    write(Math.max(0, number() - count));
  }

  /** The kernel tells it to who reads all of it at once only. */
  private static int number() {
    try (InputStream file = Files.newInputStream(NUMBER)) {
      String text = new String(file.readNBytes(MOST_DIGITS), StandardCharsets.US_ASCII);
      return Integer.parseInt(text.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(int count) {
    try {
      Files.writeString(NUMBER, Integer.toString(count));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
