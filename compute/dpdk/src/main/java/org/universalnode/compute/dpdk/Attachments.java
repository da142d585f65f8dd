package org.universalnode.compute.dpdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.universalnode.linux.Link;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;

/**
 * Which ports a process holds: the kernel lists packet sockets with the interfaces to which they
 * are bound, and Unix sockets with the paths of those who listen (proc_pid_net(5)).
 */
record Attachments(Set<Integer> interfaces, Set<String> sockets) {
  private static final int BOUND_TO = 4;
  private static final int STATE = 5;
  private static final int PATH = 7;
  private static final String CONNECTED = "03";

  /** Of the process's namespace, in which nobody else is. */
  static Attachments of(int pid) {
    Path folder = Path.of("/proc", Integer.toString(pid), "net");
    Set<Integer> interfaces =
        column(folder.resolve("packet"), words -> words.length > BOUND_TO ? words[BOUND_TO] : "")
            .stream()
            .map(Integer::valueOf)
            .collect(Collectors.toSet());
    Set<String> sockets =
        column(
            folder.resolve("unix"),
            words ->
                words.length > PATH && words[STATE].equals(CONNECTED)
                    ? real(Path.of(words[PATH]))
                    : "");
    return new Attachments(interfaces, sockets);
  }

  /** Ports that the process does not hold. */
  List<Port> missing(List<Port> ports, NetworkNamespace namespace) {
    Map<String, Integer> numbers = numbers(namespace);
    return ports.stream().filter(port -> !holds(port, numbers)).toList();
  }

  private boolean holds(Port port, Map<String, Integer> numbers) {
    return port.socket()
        .map(path -> sockets.contains(real(path)))
        .orElseGet(() -> interfaces.contains(numbers.getOrDefault(port.interfaceName(), -1)));
  }

  private static Map<String, Integer> numbers(NetworkNamespace namespace) {
    if (!namespace.exists()) {
      return Map.of();
    }
    try (RouteSocket inside = namespace.routeSocket()) {
      return inside.links().stream().collect(Collectors.toMap(Link::name, Link::index));
    }
  }

  /** A switch has it where it may, and a link to it is where it should. */
  static String real(Path socket) {
    try {
      return socket.toRealPath().toString();
    } catch (IOException e) {
      return ""; // it is gone
    }
  }

  private static Set<String> column(Path file, Function<String[], String> value) {
    Set<String> values = new HashSet<>();
    try {
      for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
        values.add(value.apply(line.strip().split("\\s+", -1)));
      }
    } catch (IOException e) {
      values.clear(); // it has ended
    }
    values.remove("");
    return values;
  }
}
