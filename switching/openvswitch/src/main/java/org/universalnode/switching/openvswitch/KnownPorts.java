package org.universalnode.switching.openvswitch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.universalnode.problem.Problem;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.openvswitch.BridgePort.Kind;

/**
 * Ports of the node: those that are in the database, and those that should be. One that somebody
 * removed comes back with the number that it had, for rules of others name it.
 */
record KnownPorts(Configuration configuration) {
  /** OpenFlow has more, but Open vSwitch gives numbers above to nobody. */
  private static final int MOST = 32_768;

  List<BridgePort> there(Kind kind, String identity) {
    return configuration.ports().stream().filter(is(kind, identity)).toList();
  }

  Optional<BridgePort> there(Attachment attachment) {
    return configuration.ports().stream().filter(is(attachment)).findFirst();
  }

  /** Those that are there come first. */
  List<BridgePort> all(Kind kind, String identity) {
    return all().filter(is(kind, identity)).toList();
  }

  Optional<BridgePort> any(Kind kind, String identity) {
    return all().filter(is(kind, identity)).findFirst();
  }

  Optional<BridgePort> any(Attachment attachment) {
    return all().filter(is(attachment)).findFirst();
  }

  /** By the name of the interface. */
  Optional<BridgePort> named(String name) {
    return configuration.ports().stream().filter(port -> port.name().equals(name)).findFirst();
  }

  int free() {
    return free(Set.of());
  }

  /** The lowest number that no port of the node has. */
  int free(Set<Integer> besides) {
    Set<Integer> used = new HashSet<>(besides);
    all().forEach(port -> used.add(port.number()));
    int number = 1;
    while (used.contains(number)) {
      number++;
    }
    if (number >= MOST) {
      throw Problem.of(
              Problem.Code.LIMIT, "the switch has no room for more than " + MOST + " ports")
          .next("delete a graph")
          .asException();
    }
    return number;
  }

  static String identity(Attachment attachment) {
    return switch (attachment) {
      case Attachment.HostInterface(String name) -> name;
      case Attachment.FunctionInterface function -> function.identity();
      case Attachment.HostStack stack -> stack.identity();
      case Attachment.Group(String identity, String group) -> group + "/" + identity;
      case Attachment.Tunnel(String identity, _) -> identity;
      case Attachment.FunctionSocket(String identity, _) -> identity;
    };
  }

  private Stream<BridgePort> all() {
    return Stream.concat(
        configuration.ports().stream(), configuration.made().ports().keySet().stream());
  }

  private static Predicate<BridgePort> is(Kind kind, String identity) {
    return port ->
        (port.kind() == kind || (port.kind().isOfMachine() && kind.isOfMachine()))
            && port.identity().equals(identity);
  }

  private static Predicate<BridgePort> is(Attachment attachment) {
    String identity = identity(attachment);
    return switch (attachment) {
      case Attachment.HostInterface _ -> is(Kind.HOST, identity);
      case Attachment.FunctionInterface _ -> is(Kind.FUNCTION, identity);
      case Attachment.HostStack _ -> is(Kind.STACK, identity);
      case Attachment.Group _ -> is(Kind.MEMBER, identity);
      case Attachment.Tunnel _ -> is(Kind.TUNNEL, identity);
      case Attachment.FunctionSocket _ -> is(Kind.SOCKET, identity);
    };
  }
}
