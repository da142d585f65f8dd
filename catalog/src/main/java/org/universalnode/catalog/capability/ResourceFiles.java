package org.universalnode.catalog.capability;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.universalnode.catalog.capability.MachineResources.Amount;
import org.universalnode.catalog.capability.MachineResources.HugePages;

/** The files in which the kernel tells of resources; what they do not say is 0. */
record ResourceFiles(FileTree tree) {
  private static final String CPU = "/sys/devices/system/cpu/";
  private static final String ONLINE = CPU + "online";
  private static final String PAGES = "/sys/kernel/mm/hugepages/";
  private static final int KILO = 1_024;

  MachineResources resources() {
    String memory = meminfo();
    Amount cores = cores();
    return new MachineResources(
        cores,
        megahertz(),
        idle(cores.free()),
        new Amount(number(memory, "MemTotal") / KILO, available(memory)),
        hugePages());
  }

  Pulse pulse() {
    String memory = meminfo();
    return new Pulse(
        tree.line(ONLINE), available(memory), number(memory, "HugePages_Free"), modules());
  }

  /** Where the kernel tells none, as those that this process sees. */
  private Amount cores() {
    long online = count(tree.line(ONLINE));
    long known = online == 0 ? Runtime.getRuntime().availableProcessors() : online;
    return new Amount(Math.max(known, count(tree.line(CPU + "present"))), known);
  }

  /** Of a list like {@code 0-3,8}. */
  static long count(String list) {
    return Stream.of(list.split(","))
        .map(String::strip)
        .filter(part -> part.matches("[0-9]{1,6}(-[0-9]{1,6})?"))
        .mapToLong(ResourceFiles::width)
        .sum();
  }

  private static long width(String range) {
    int dash = range.indexOf('-');
    return dash < 0
        ? 1
        : Math.max(
            0, Long.parseLong(range.substring(dash + 1)) - Long.parseLong(range, 0, dash, 10) + 1);
  }

  private int megahertz() {
    String kilohertz = tree.line(CPU + "cpu0/cpufreq/cpuinfo_max_freq");
    if (kilohertz.matches("[0-9]{4,9}")) {
      return Integer.parseInt(kilohertz) / 1_000;
    }
    return tree.text("/proc/cpuinfo")
        .orElse("")
        .lines()
        .filter(line -> line.matches("cpu MHz\\s*: [0-9]{1,6}(\\.[0-9]+)?"))
        .map(line -> line.substring(line.indexOf(':') + 2))
        .mapToInt(text -> (int) Double.parseDouble(text))
        .findFirst()
        .orElse(0);
  }

  private int idle(long cores) {
    String load = tree.line("/proc/loadavg").split(" ", 2)[0];
    double busy = load.matches("[0-9]{1,6}\\.[0-9]{2}") ? Double.parseDouble(load) : 0;
    return Math.clamp(Math.round(100 - 100 * busy / Math.max(1, cores)), 0, 100);
  }

  private List<HugePages> hugePages() {
    return tree.names(PAGES).stream()
        .filter(name -> name.matches("hugepages-[0-9]{1,12}kB"))
        .map(this::hugePages)
        .toList();
  }

  private HugePages hugePages(String name) {
    long size = Long.parseLong(name.replaceAll("[^0-9]", ""));
    return new HugePages(
        size, new Amount(pages(name + "/nr_hugepages"), pages(name + "/free_hugepages")));
  }

  private long pages(String file) {
    String count = tree.line(PAGES + file);
    return count.matches("[0-9]{1,15}") ? Long.parseLong(count) : 0;
  }

  private String meminfo() {
    return tree.text("/proc/meminfo").orElse("");
  }

  private static long available(String meminfo) {
    return number(meminfo, "MemAvailable") / KILO;
  }

  /** Cheaper than to split it into lines: it is asked for several times a second. */
  private static long number(String meminfo, String key) {
    int at = meminfo.indexOf(key + ":");
    if (at < 0) {
      return 0;
    }
    long number = 0;
    for (int i = at + key.length() + 1; i < meminfo.length() && meminfo.charAt(i) != '\n'; i++) {
      int digit = Character.digit(meminfo.charAt(i), 10);
      number = digit < 0 ? number : number * 10 + digit;
    }
    return number;
  }

  /** A folder of sysfs has a link for each folder in it, so nothing has to be listed. */
  private long modules() {
    try {
      return ((Number) Files.getAttribute(tree.at("/sys/module"), "unix:nlink")).longValue();
    } catch (IOException e) {
      return 0;
    }
  }
}
