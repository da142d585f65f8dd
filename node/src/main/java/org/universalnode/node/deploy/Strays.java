package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchState;

/** What is in graphs' own LSIs and no graph has: a change was interrupted, or it resisted. */
record Strays(SwitchDriver switching) {

  /**
   * Removes links, rules and ports that the graph does not have; all are tried.
   *
   * @throws org.universalnode.problem.ProblemException the first one if something resists
   */
  void removeFrom(Deployed graph) {
    SwitchState present = switching.observe().orThrow();
    Set<LsiPort> wanted = new HashSet<>(graph.graphPorts().values());
    LsiId lsi = graph.desired().lsi();
    List<Runnable> steps = new ArrayList<>();
    present.links().stream()
        .filter(link -> link.graph().lsi().equals(lsi) && !wanted.contains(link.graph()))
        .forEach(link -> steps.add(() -> switching.disconnect(link).orThrow()));
    present.tables().stream()
        .filter(in -> in.lsi().equals(lsi) && !wanted.contains(in))
        .map(in -> new RuleChange(Map.of(in, List.of())))
        .forEach(change -> steps.add(() -> switching.apply(change).orThrow()));
    present.ports().stream()
        .map(port -> port.port())
        .filter(port -> port.lsi().equals(lsi) && !wanted.contains(port))
        .forEach(port -> steps.add(() -> switching.deletePort(port).orThrow()));
    List<RuntimeException> failures = new ArrayList<>();
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }
}
