package org.universalnode.node.deploy;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Ipv4Prefix;
import org.universalnode.problem.Problem;

/** The interfaces of the machine that the operator gave to the node. No other one is touched. */
public record HostInterfaces(Set<String> given) {
  private static final int SHORTEST_PREFIX = 16;
  private static final Path KERNEL = Path.of("/sys/class/net");

  public HostInterfaces {
    given = java.util.Collections.unmodifiableSet(new TreeSet<>(given));
  }

  /** Why a graph may not use the interface; empty if it may. */
  public Optional<Problem> refusal(String name) {
    if (!name.matches("[^\\s/:]{1,15}") || name.equals(".") || name.equals("..")) {
      return Optional.of(
          Problem.of(Problem.Code.INVALID_DOCUMENT, "\"" + name + "\" is not an interface name")
              .next("a name has at most 15 characters, no space, no slash and no colon"));
    }
    if (!Files.exists(KERNEL.resolve(name))) {
      return Optional.of(
          Problem.of(
                  Problem.Code.UNKNOWN_REFERENCE,
                  "there is no interface \"" + name + "\" on this node")
              .next("name one of those given to it: " + list()));
    }
    if (!given.contains(name)) {
      return Optional.of(
          Problem.of(
                  Problem.Code.FORBIDDEN,
                  "the interface \"" + name + "\" was not given to the node")
              .next("start the node with --interface " + name + "; given are: " + list()));
    }
    return Optional.empty();
  }

  /**
   * Why a graph may not give the machine's stack this address; empty if it may. A graph must not
   * take over addresses that the machine reaches otherwise.
   */
  public Optional<Problem> refusal(InterfaceAddress wanted) {
    if (wanted.prefixLength() < SHORTEST_PREFIX) {
      return Optional.of(
          Problem.of(Problem.Code.FORBIDDEN, wanted + " would take over much of the network")
              .next("use a prefix of at least " + SHORTEST_PREFIX + " bits"));
    }
    return addresses()
        .filter(own -> overlap(wanted, own))
        .findFirst()
        .map(
            own ->
                Problem.of(Problem.Code.CONFLICT, wanted + " meets " + own + " of this machine")
                    .next("use another subnet"));
  }

  private static boolean overlap(InterfaceAddress one, InterfaceAddress other) {
    int length = Math.min(one.prefixLength(), other.prefixLength());
    return new Ipv4Prefix(one.address(), length).contains(other.address());
  }

  /** IPv4 addresses of interfaces that the switch did not make for graphs. */
  private static Stream<InterfaceAddress> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(at -> !at.getName().matches("uh[0-9a-f]{12}"))
          .flatMap(at -> at.getInterfaceAddresses().stream())
          .filter(at -> at.getAddress() instanceof Inet4Address)
          .map(
              at ->
                  InterfaceAddress.parse(
                      at.getAddress().getHostAddress() + "/" + at.getNetworkPrefixLength()));
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String list() {
    return given.isEmpty() ? "none" : String.join(", ", given);
  }
}
