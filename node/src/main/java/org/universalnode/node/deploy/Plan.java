package org.universalnode.node.deploy;

import java.util.List;
import java.util.Set;
import org.universalnode.node.deploy.DesiredGraph.PlacedFunction;
import org.universalnode.switching.PortName;

/**
 * What has to happen so that a graph becomes another. New parts come first, then the rules change,
 * then old parts go.
 *
 * @param added functions to be made and started
 * @param updated functions that go on running with another configuration
 * @param removed functions that go; one that is to be another under the same id is also in {@code
 *     added}, and has to go first
 * @param interfaces of the machine that it will use
 * @param freed interfaces that it uses no longer
 */
public record Plan(
    List<PlacedFunction> added,
    List<PlacedFunction> updated,
    List<PlacedFunction> removed,
    Links links,
    Set<PortName.Outer> interfaces,
    Set<PortName.Outer> freed) {

  /** Virtual links to LSI-0. */
  public record Links(Set<PortName.Link> wanted, Set<PortName.Link> dropped) {
    public Links {
      wanted = Set.copyOf(wanted);
      dropped = Set.copyOf(dropped);
    }
  }

  public Plan {
    added = List.copyOf(added);
    updated = List.copyOf(updated);
    removed = List.copyOf(removed);
    interfaces = Set.copyOf(interfaces);
    freed = Set.copyOf(freed);
  }

  /** Whether all functions go on as they are. */
  public boolean keepsFunctions() {
    return added.isEmpty() && updated.isEmpty() && removed.isEmpty();
  }

  /** Removed functions whose id is given to a new one. */
  public List<PlacedFunction> replaced() {
    return removed.stream()
        .filter(old -> added.stream().anyMatch(other -> other.spec().id().equals(old.spec().id())))
        .toList();
  }
}
