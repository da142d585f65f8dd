package org.universalnode.compute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    return interfaces(ports, Map.of());
  }

  /**
   * The same where an instance has ports already: these keep their names, and no other gets one of
   * them.
   *
   * @param known names by the {@linkplain #variable variables} of the ports
   */
  public static List<String> interfaces(List<PortSpec> ports, Map<String, String> known) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>(known.values());
    for (PortSpec port : ports) {
      String name =
          Optional.ofNullable(known.get(variable(port.label())))
              .filter(earlier -> !names.contains(earlier))
              .orElseGet(() -> unused(port.label(), names.size(), taken));
      taken.add(name);
      names.add(name);
    }
    return names;
  }

  private static String unused(PortLabel port, int position, Set<String> taken) {
    String name = port.label().toLowerCase(Locale.ROOT) + port.index();
    boolean usable = name.matches("[a-z][a-z0-9_-]*") && name.length() <= LONGEST;
    boolean reserved = name.startsWith("port") || name.startsWith("lo");
    if (usable && !reserved && !taken.contains(name)) {
      return name;
    }
    int number = position;
    while (taken.contains("port" + number)) {
      number++;
    }
    return "port" + number;
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
