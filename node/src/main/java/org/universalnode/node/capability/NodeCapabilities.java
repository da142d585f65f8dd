package org.universalnode.node.capability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.universalnode.catalog.Dependency;
import org.universalnode.catalog.capability.Accelerator;
import org.universalnode.catalog.capability.CryptoDriver;
import org.universalnode.catalog.capability.Discovery;
import org.universalnode.catalog.capability.Finding;
import org.universalnode.catalog.capability.Hardware;
import org.universalnode.catalog.capability.MachineResources;
import org.universalnode.catalog.capability.MachineResources.Amount;
import org.universalnode.catalog.capability.NetworkInterface;
import org.universalnode.catalog.capability.Pulse;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.Offloads;
import org.universalnode.nffg.EndPointType;
import org.universalnode.node.deploy.Functions;

/** Everything that this node offers, found out when somebody asks. */
public final class NodeCapabilities {
  private static final int MEGA = 20;

  private final Functions functions;
  private final Discovery discovery;
  private final Hardware hardware;
  private final Fixed fixed;
  private final GraphUse use;

  /**
   * What does not change while the node runs.
   *
   * @param switchDriver name of the switch driver
   * @param endPoints kinds of end-point that it can make
   * @param interfaces of the machine that graphs may use
   * @param state folder on the disk that the node fills
   */
  public record Fixed(
      String switchDriver, Set<EndPointType> endPoints, Set<String> interfaces, Path state) {
    public Fixed {
      endPoints = Set.copyOf(endPoints);
      interfaces = Set.copyOf(interfaces);
    }
  }

  /**
   * What the node offers at one moment.
   *
   * @param functions of the catalog
   * @param requirements what the templates of the catalog ask for, with who does
   * @param disk in MiB, of the file system that holds the node's state
   * @param usedVlans ids that graphs use now, by interface
   */
  public record Snapshot(
      Fixed fixed,
      MachineResources resources,
      Amount disk,
      Map<String, Set<Integer>> usedVlans,
      List<String> functionTypes,
      Hardware hardware,
      List<Functions.Entry> functions,
      List<Requirement> requirements,
      List<CryptoDriver> crypto,
      List<NetworkInterface> interfaces,
      List<Accelerator> accelerators) {

    /** The same at other amounts of what always moves a little. */
    public Snapshot with(MachineResources otherResources, Amount otherDisk) {
      return new Snapshot(
          fixed,
          otherResources,
          otherDisk,
          usedVlans,
          functionTypes,
          hardware,
          functions,
          requirements,
          crypto,
          interfaces,
          accelerators);
    }
  }

  /**
   * Something that templates ask for.
   *
   * @param templates names of those
   */
  public record Requirement(Dependency dependency, Finding finding, List<String> templates) {}

  /**
   * Reads nothing yet.
   *
   * @param use what is not to be had, because graphs have it
   */
  public NodeCapabilities(Functions functions, Discovery discovery, Fixed fixed, GraphUse use) {
    this.use = use;
    this.functions = functions;
    this.discovery = discovery;
    this.hardware = new Hardware(discovery, NodeCapabilities::offloads);
    this.fixed = fixed;
  }

  /** Reads the catalog and the machine. */
  public Snapshot snapshot() {
    List<Functions.Entry> entries = functions.all();
    List<NetworkInterface> interfaces = hardware.interfaces(fixed.interfaces());
    MachineResources resources = hardware.resources();
    Amounts free = use.free();
    return new Snapshot(
        fixed,
        resources.with(atMost(resources.memory(), free.memory())),
        atMost(disk(), free.disk()),
        use.vlans(),
        functions.suitability().supported().stream().map(Enum::toString).sorted().toList(),
        hardware,
        entries,
        requirements(entries),
        hardware.crypto(),
        interfaces,
        hardware.accelerators(interfaces));
  }

  /** What is cheap to ask. */
  public Pulse pulse() {
    return hardware.pulse();
  }

  /** The functions of the catalog that a name means: a template's, or those of a capability. */
  public List<Functions.Entry> functions(String name) {
    return functions.all().stream()
        .filter(
            entry ->
                entry.template().name().equals(name)
                    || entry.template().functionalCapability().equalsIgnoreCase(name))
        .toList();
  }

  /** What was promised to functions is not free, though they may not use it yet. */
  private static Amount atMost(Amount amount, long promisable) {
    return new Amount(amount.total(), Math.clamp(promisable, 0, amount.free()));
  }

  private Amount disk() {
    try {
      FileStore store = Files.getFileStore(fixed.state());
      return new Amount(store.getTotalSpace() >> MEGA, store.getUsableSpace() >> MEGA);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Requirement> requirements(List<Functions.Entry> entries) {
    Map<String, Dependency> wanted = new TreeMap<>();
    Map<String, Set<String>> by = new TreeMap<>();
    for (Functions.Entry entry : entries) {
      for (Dependency dependency : entry.template().dependencies()) {
        String key = dependency.type() + " " + dependency.name();
        wanted.put(key, dependency);
        by.computeIfAbsent(key, _ -> new TreeSet<>()).add(entry.template().name());
      }
    }
    List<Requirement> requirements = new ArrayList<>();
    wanted.forEach(
        (key, dependency) ->
            requirements.add(
                new Requirement(dependency, discovery.find(dependency), List.copyOf(by.get(key)))));
    return List.copyOf(requirements);
  }

  /** None of an interface that goes away meanwhile. */
  private static List<String> offloads(String name) {
    try (Offloads offloads = Offloads.open()) {
      return offloads.active(name);
    } catch (KernelException e) {
      return List.of();
    }
  }
}
