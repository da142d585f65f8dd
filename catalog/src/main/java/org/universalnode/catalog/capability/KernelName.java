package org.universalnode.catalog.capability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A feature of the kernel, by all its names.
 *
 * @param module file name of its module, without {@code .ko}, with underscores
 * @param symbol of the kernel's configuration, without {@code CONFIG_}
 * @param modular whether it is known to be a module wherever it is not built in
 * @param sign a path that exists while the feature is there, if there is one
 */
record KernelName(String module, String symbol, boolean modular, Optional<String> sign) {
  private static final String LIST = "kernel-names.txt";
  private static final int SIGN = 2;
  private static final int ALIASES = 3;
  private static final Map<String, KernelName> KNOWN = known();

  /**
   * What a template means: a module ({@code br_netfilter}), a symbol ({@code CONFIG_INET_ESP},
   * {@code inet_esp}) or a usual name ({@code vlan}). What is not in our list is taken for both.
   */
  static KernelName of(String written) {
    String name = written.toLowerCase(Locale.ROOT).replace('-', '_').replaceFirst("^config_", "");
    KernelName known = KNOWN.get(name);
    return known != null
        ? known
        : new KernelName(name, name.toUpperCase(Locale.ROOT), false, Optional.empty());
  }

  private static Map<String, KernelName> known() {
    Map<String, KernelName> known = new HashMap<>();
    for (String line : lines(LIST)) {
      List<String> words = List.of(line.split(" +"));
      Optional<String> sign = Optional.of(words.get(SIGN)).filter(path -> !path.equals("-"));
      boolean modular = !words.get(1).startsWith("!");
      String symbol = words.get(1).substring(modular ? 0 : 1);
      KernelName name = new KernelName(words.get(0), symbol, modular, sign);
      known.put(name.module(), name);
      known.putIfAbsent(name.symbol().toLowerCase(Locale.ROOT), name);
      words.subList(ALIASES, words.size()).forEach(alias -> known.put(alias, name));
    }
    return Map.copyOf(known);
  }

  /** Lines of a list that comes with this class; not those that are empty or begin with a #. */
  static List<String> lines(String resource) {
    try (InputStream in = KernelName.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the build");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
