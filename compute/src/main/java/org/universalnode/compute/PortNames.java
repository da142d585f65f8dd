package org.universalnode.compute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.universalnode.nffg.PortLabel;

/** What a function's ports are called inside its namespace, and in its environment. */
public final class PortNames {
  private static final int LONGEST = 15;

  private PortNames() {}

  /**
   * Interface names in the order of the ports: label and number ({@code lan0}) where that is a name
   * the kernel takes, else "port" and the position.
   */
  public static List<String> interfaces(List<PortSpec> ports) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (PortSpec port : ports) {
      String name = port.label().label().toLowerCase(Locale.ROOT) + port.label().index();
      boolean usable = name.matches("[a-z][a-z0-9_-]*") && name.length() <= LONGEST;
      boolean reserved = name.startsWith("port") || name.startsWith("lo");
      if (!usable || reserved || !taken.add(name)) {
        name = "port" + names.size();
      }
      names.add(name);
    }
    return names;
  }

  /** The same where several graphs have ports: the graph's mark is part of each name. */
  public static List<String> interfaces(List<PortSpec> ports, int mark) {
    String suffix = "-" + mark;
    List<String> plain = interfaces(ports);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      String name = plain.get(i) + suffix;
      names.add(name.length() <= LONGEST ? name : "port" + i + suffix);
    }
    return names;
  }

  /** {@code UN_PORT_<LABEL>_<N>}. */
  public static String variable(PortLabel port) {
    String label = port.label().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    return "UN_PORT_" + label + "_" + port.index();
  }
}
