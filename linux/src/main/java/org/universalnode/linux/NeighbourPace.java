package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * How often an interface of the calling thread's namespace asks for an IPv4 neighbour that does not
 * answer (arp(7), /proc/sys/net/ipv4/neigh).
 */
public final class NeighbourPace {
  private static final Path ALL = Path.of("/proc/sys/net/ipv4/neigh");
  private static final Path TABLE = Path.of("/proc/thread-self/net/arp");
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LOOK = Duration.ofMillis(1);
  private static final String PAUSE = "retrans_time_ms";
  private static final String TIMES = "mcast_solicit";

  /** For a minute, and what waits for the answer is lost no sooner. */
  private static final Map<String, String> HURRIED = Map.of(PAUSE, "5", TIMES, "12000");

  /** As the kernel has it for a new interface. */
  private static final Map<String, String> USUAL = Map.of(PAUSE, "1000", TIMES, "3");

  private NeighbourPace() {}

  /**
   * As long as an interface leads nowhere: the first question that is asked when it leads somewhere
   * is answered then, not up to a second later. The questions before that reach nobody.
   */
  public static void hurry(String interfaceName) {
    set(interfaceName, HURRIED);
  }

  /**
   * From then on. Returns when those that were asked for have answered, or did not soon: with fewer
   * questions allowed than were asked, the kernel gives up and drops what waits.
   */
  public static void calm(String interfaceName) {
    long giveUp = System.nanoTime() + SOON.toNanos();
    while (waits(interfaceName) && System.nanoTime() < giveUp) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    set(interfaceName, USUAL);
  }

  /** Whether an answer is missing: a line of address, type, flags, MAC, mask and device without. */
  private static boolean waits(String interfaceName) {
    try (Stream<String> lines = Files.lines(TABLE)) {
      return lines
          .map(line -> line.split(" +", -1))
          .anyMatch(line -> line[2].equals("0x0") && line[line.length - 1].equals(interfaceName));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void set(String interfaceName, Map<String, String> settings) {
    settings.forEach(
        (setting, value) -> {
          Path file = ALL.resolve(interfaceName).resolve(setting);
          if (Files.exists(file)) {
            ControlGroups.write(file, value);
          }
        });
  }
}
