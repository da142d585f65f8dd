package org.universalnode.catalog.capability;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Processor, memory, crypto and interfaces of this machine; read anew at every call. */
public final class Hardware {
  private static final String NET = "/sys/class/net/";
  private static final String UEVENT_DRIVER = "DRIVER=";
  private static final int KILO = 1_024;

  private final FileTree tree;
  private final Function<String, List<String>> offloads;

  /**
   * The hardware of the machine that {@code discovery} looks at.
   *
   * @param offloads features of an interface that are on, by its name; sorted
   */
  public Hardware(Discovery discovery, Function<String, List<String>> offloads) {
    this.tree = discovery.tree();
    this.offloads = offloads;
  }

  /** What the processor has instructions for, as /proc/cpuinfo calls it. */
  public List<String> processorFlags() {
    return cpuinfo()
        .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .map(flags -> Arrays.stream(flags.split("\\s+")).sorted().toList())
        .orElse(List.of());
  }

  /** Cores that the kernel runs, as this process sees them. */
  public int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Of the whole machine; 0 if it is not known. */
  public long memoryMegabytes() {
    return tree.text("/proc/meminfo")
        .orElse("")
        .lines()
        .filter(line -> line.matches("MemTotal: +[0-9]{1,15} kB"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KILO)
        .findFirst()
        .orElse(0);
  }

  /** How much there is and how much of it is free. */
  public MachineResources resources() {
    return new ResourceFiles(tree).resources();
  }

  /** For those who ask again and again. */
  public Pulse pulse() {
    return new ResourceFiles(tree).pulse();
  }

  /** Where a file or folder of the machine is, by its absolute name. */
  public Path place(String absolute) {
    return tree.at(absolute);
  }

  /** Release of the running kernel. */
  public String kernelRelease() {
    return tree.line("/proc/sys/kernel/osrelease");
  }

  /** Algorithms in the kernel with their implementations. */
  public List<CryptoDriver> crypto() {
    return CryptoDriver.parse(tree.text("/proc/crypto").orElse(""));
  }

  /** Interfaces of those names that exist. */
  public List<NetworkInterface> interfaces(Collection<String> names) {
    return names.stream().filter(name -> tree.exists(NET + name)).sorted().map(this::of).toList();
  }

  /** What works beside the processor; {@code known} are looked at too. */
  public List<Accelerator> accelerators(List<NetworkInterface> known) {
    List<Accelerator> found = new ArrayList<>(new Accelerators(tree).find(crypto()));
    known.forEach(one -> one.accelerator().ifPresent(found::add));
    return List.copyOf(found);
  }

  private NetworkInterface of(String name) {
    return new NetworkInterface(
        name,
        isUp(name),
        driver(name),
        speed(name),
        tree.line(NET + name + "/address"),
        offloads.apply(name));
  }

  /** IFF_UP of netdevice(7). */
  private boolean isUp(String name) {
    String flags = tree.line(NET + name + "/flags");
    return flags.matches("0x[0-9a-f]{1,8}") && (Long.decode(flags) & 1) == 1;
  }

  private String driver(String name) {
    return tree.text(NET + name + "/device/uevent")
        .orElse("")
        .lines()
        .filter(line -> line.startsWith(UEVENT_DRIVER))
        .map(line -> line.substring(UEVENT_DRIVER.length()))
        .findFirst()
        .orElse("");
  }

  /** The kernel refuses the question while the interface is down, and says -1 of virtual ones. */
  private String speed(String name) {
    try {
      String speed = tree.line(NET + name + "/speed");
      return speed.matches("[1-9][0-9]{0,8}") ? speed : "";
    } catch (java.io.UncheckedIOException e) {
      return "";
    }
  }

  private Stream<String> cpuinfo() {
    return tree.text("/proc/cpuinfo").orElse("").lines();
  }
}
