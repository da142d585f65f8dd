package org.universalnode.switching.reference;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;

/**
 * All LSIs of a node, as every driver has to carry them out. It keeps what its learning groups have
 * learned; so it is for one thread at a time.
 */
public final class ReferenceSwitch {
  private final Map<LsiPort, RuleTable<LsiPort>> tables = new HashMap<>();
  private final Map<LsiPort, List<LsiPort>> otherEnds = new HashMap<>();
  private final Map<LsiPort, LearningSwitch> groups = new HashMap<>();

  /**
   * Makes the LSIs, of which nothing more is said than their rules and what joins them.
   *
   * @param rules of each in-port, in any order; their matches have their prerequisites
   * @throws IllegalArgumentException if a port is an end of two links, a member of two groups, or
   *     both
   */
  public ReferenceSwitch(
      Map<LsiPort, List<SwitchRule>> rules, List<VirtualLink> links, List<Group> groups) {
    Set<LsiPort> wired = new HashSet<>();
    links.forEach(link -> join(link, wired));
    groups.forEach(group -> join(group, wired));
    rules.forEach(this::put);
  }

  /** Replaces the rules of the in-ports that the change names. */
  public void apply(RuleChange change) {
    change.tables().forEach(this::put);
  }

  /** What becomes of a frame that comes in at a port. */
  public Walk<LsiPort> run(LsiPort in, Frame frame) {
    return Walker.walk(tables, this::behind, new Departure<>(in, frame));
  }

  private void put(LsiPort in, List<SwitchRule> rules) {
    List<Rule<LsiPort>> table =
        rules.stream().map(rule -> Rule.of(rule, number -> new LsiPort(in.lsi(), number))).toList();
    tables.put(in, new RuleTable<>(table));
  }

  private void join(VirtualLink link, Set<LsiPort> wired) {
    requireFree(link.base(), wired);
    requireFree(link.graph(), wired);
    otherEnds.put(link.base(), List.of(link.graph()));
    otherEnds.put(link.graph(), List.of(link.base()));
  }

  private void join(Group group, Set<LsiPort> wired) {
    LearningSwitch learning = new LearningSwitch(group);
    for (LsiPort member : group.members()) {
      requireFree(member, wired);
      groups.put(member, learning);
    }
  }

  private static void requireFree(LsiPort port, Set<LsiPort> wired) {
    if (!wired.add(port)) {
      throw new IllegalArgumentException(port + " is joined to two things");
    }
  }

  private Optional<List<LsiPort>> behind(LsiPort port, Frame frame) {
    LearningSwitch group = groups.get(port);
    return group == null
        ? Optional.ofNullable(otherEnds.get(port))
        : Optional.of(group.forward(port, frame));
  }
}
