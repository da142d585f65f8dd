package org.universalnode.node.deploy;

import java.util.List;
import java.util.Map;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.problem.Problem;
import org.universalnode.switching.PortName;

/** Makes wanted graphs whole again while the node runs; to be called under the graph's lock. */
record Restoration(Means means, Unmade unmade, Cores cores, Leftovers leftovers) {

  /**
   * Sees to a graph of which something may have been changed from outside. A function that can't be
   * mended keeps nothing else of the graph from it.
   */
  void mend(GraphEntry entry, DesiredGraph graph) {
    means.base().expectNoLack(graph.id());
    try {
      boolean known = entry.moment().flatMap(Moment::deployed).isPresent();
      Executor executor = new Executor(means, entry::follow, new Stopwatch());
      Executor.Mended mended = executor.mend(graph);
      new StackClients(means.drivers().dhcp()).begin(mended.deployed());
      entry.become(mended.moment());
      if (!known) {
        leftovers.removeParts(graph.id());
      }
      unmade.end(graph.lsi());
      cores.place(graph);
    } catch (RuntimeException e) {
      entry.become(Moment.failed(graph, Problem.of(e).toString()));
      keepTraffic(graph);
    }
  }

  /** Its ports may be others than those that its rules name: an interface has been plugged in. */
  private void keepTraffic(DesiredGraph graph) {
    Salvage salvage = new Salvage(means);
    Executor.runAll(
        List.of(
            () -> means.base().set(graph.id(), salvage.share(graph), Map.of()),
            () -> salvage.beginClients(graph)));
  }

  /** Whether an interface that the graph uses is there under another index. */
  boolean isElsewhere(Moment moment, String interfaceName, int index) {
    PortName.Outer port = new PortName.Physical(interfaceName);
    if (moment.deployed().isEmpty()) {
      return moment.isBroken()
          && moment.desired().rules().outerPorts().contains(port)
          && means.base().isElsewhere(port, index);
    }
    return moment.deployed().stream()
        .flatMap(deployed -> deployed.interfaces().entrySet().stream())
        .filter(used -> used.getKey().equals(port))
        .anyMatch(used -> used.getValue().index() != index);
  }

  /** Whether the graph has failed and the machine lacked what a port of it needs. */
  boolean isLacking(Moment moment) {
    return moment.isBroken() && means.base().isLacking(moment.desired().id());
  }
}
