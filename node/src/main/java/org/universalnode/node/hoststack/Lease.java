package org.universalnode.node.hoststack;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * What a DHCP server gave (RFC 2131).
 *
 * @param router the first that it named
 * @param nameServers as it named them; the node does not use them
 * @param server who gave it
 * @param left time until it ends; empty if never
 */
public record Lease(
    InterfaceAddress address,
    Optional<Ipv4Address> router,
    List<Ipv4Address> nameServers,
    Optional<Ipv4Address> server,
    Optional<Duration> left) {

  /** A lease of this many seconds does not end (RFC 2131, section 3.3). */
  private static final long FOREVER = 0xffff_ffffL;

  private static final String REFUSED = "refused";
  private static final String PROBLEM = "problem";

  public Lease {
    nameServers = List.copyOf(nameServers);
  }

  /**
   * What the script of the client wrote down.
   *
   * @param uptime of the machine, by which leases are timed
   * @return empty if that is no lease, or one from before the machine was started or that is over
   */
  static Optional<Lease> read(String text, Duration uptime) {
    Map<String, String> values = values(text);
    try {
      Duration age = uptime.minusSeconds(number(values, "since"));
      long seconds = number(values, "seconds");
      Optional<Duration> left =
          seconds == FOREVER
              ? Optional.empty()
              : Optional.of(Duration.ofSeconds(seconds).minus(age));
      if (age.isNegative() || left.filter(Lease::isOver).isPresent()) {
        return Optional.empty();
      }
      return Optional.of(
          new Lease(
              InterfaceAddress.parse(values.getOrDefault("address", "")),
              addresses(values.getOrDefault("router", "")).stream().findFirst(),
              addresses(values.getOrDefault("dns", "")),
              addresses(values.getOrDefault("server", "")).stream().findFirst(),
              left));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /** Why the script did not take what the server gave; empty if it did. */
  static Optional<String> refusal(String text) {
    return Optional.ofNullable(values(text).get(REFUSED));
  }

  /** What of a lease that the script took could not be set; empty if there is nothing. */
  static Optional<String> problem(String text) {
    return Optional.ofNullable(values(text).get(PROBLEM)).filter(words -> !words.isEmpty());
  }

  /** At most {@link #FOREVER}: DHCP counts seconds in 32 bits, and so does this machine's life. */
  private static long number(Map<String, String> values, String key) {
    String text = values.getOrDefault(key, "");
    if (text.matches("[0-9]{1,10}")) {
      long value = Long.parseLong(text);
      if (value <= FOREVER) {
        return value;
      }
    }
    throw Problem.of(Problem.Code.INVALID_DOCUMENT, "the lease has no sound " + key)
        .next("ask for another one")
        .asException();
  }

  private static boolean isOver(Duration left) {
    return left.isNegative() || left.isZero();
  }

  private static Map<String, String> values(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return values;
  }

  private static List<Ipv4Address> addresses(String words) {
    return Arrays.stream(words.strip().split(" +"))
        .filter(word -> !word.isEmpty())
        .map(Ipv4Address::parse)
        .toList();
  }
}
