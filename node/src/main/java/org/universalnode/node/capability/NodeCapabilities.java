package org.universalnode.node.capability;

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
import org.universalnode.catalog.capability.NetworkInterface;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.Offloads;
import org.universalnode.node.deploy.Functions;

/** Everything that this node offers, found out when somebody asks. */
public final class NodeCapabilities {
  private final Functions functions;
  private final Discovery discovery;
  private final Hardware hardware;
  private final Fixed fixed;

  /**
   * What does not change while the node runs.
   *
   * @param switchDriver name of the switch driver
   * @param interfaces of the machine that graphs may use
   */
  public record Fixed(String switchDriver, Set<String> interfaces) {}

  /**
   * What the node offers at one moment.
   *
   * @param functions of the catalog
   * @param requirements what the templates of the catalog ask for, with who does
   */
  public record Snapshot(
      Fixed fixed,
      List<String> functionTypes,
      Hardware hardware,
      List<Functions.Entry> functions,
      List<Requirement> requirements,
      List<CryptoDriver> crypto,
      List<NetworkInterface> interfaces,
      List<Accelerator> accelerators) {}

  /**
   * Something that templates ask for.
   *
   * @param templates names of those
   */
  public record Requirement(Dependency dependency, Finding finding, List<String> templates) {}

  public NodeCapabilities(Functions functions, Discovery discovery, Fixed fixed) {
    this.functions = functions;
    this.discovery = discovery;
    this.hardware = new Hardware(discovery, NodeCapabilities::offloads);
    this.fixed = fixed;
  }

  /** Reads the catalog and the machine. */
  public Snapshot snapshot() {
    List<Functions.Entry> entries = functions.all();
    List<NetworkInterface> interfaces = hardware.interfaces(fixed.interfaces());
    return new Snapshot(
        fixed,
        functions.suitability().supported().stream().map(Enum::toString).sorted().toList(),
        hardware,
        entries,
        requirements(entries),
        hardware.crypto(),
        interfaces,
        hardware.accelerators(interfaces));
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
