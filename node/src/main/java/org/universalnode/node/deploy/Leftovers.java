package org.universalnode.node.deploy;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.InstanceId;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;

/**
 * Removes what an earlier life of the node left and no graph has. What resists is tried again, as
 * long as no graph has taken it into use meanwhile.
 */
final class Leftovers {
  private final GraphTable graphs;
  private final LsiNumbers lsis;
  private final SwitchDriver switching;
  private final BaseRules base;
  private final Insistence insistence;

  Leftovers(GraphTable graphs, LsiNumbers lsis, Means means, Clockwork clockwork) {
    this.graphs = graphs;
    this.lsis = lsis;
    this.switching = means.drivers().switching();
    this.base = means.base();
    this.insistence = new Insistence(clockwork);
  }

  void remove(FunctionDriver driver, InstanceId instance) {
    insistence.insist(
        "remove " + instance + ", which no graph names",
        () -> underLock(instance.graph(), entry -> delete(driver, instance, entry)));
  }

  private static void delete(FunctionDriver driver, InstanceId instance, GraphEntry entry) {
    Stream<Moment> moment = entry.moment().stream();
    boolean used =
        Stream.concat(
                moment.flatMap(
                    now ->
                        Stream.concat(
                            Stream.of(now.desired()),
                            now.deployed().stream().map(Deployed::desired))),
                entry.owed().stream())
            .anyMatch(graph -> graph.has(instance));
    if (!used) {
      driver.delete(instance).orThrow();
    }
  }

  /** No graph gets its number before it is gone. */
  void remove(LsiId lsi) {
    lsis.remember(lsi.number());
    insistence.insist(
        "remove " + lsi + ", which no graph has",
        () -> {
          switching.deleteLsi(lsi).orThrow();
          lsis.release(lsi);
        });
  }

  /** Removes parts of the graph's LSI that it does not have. */
  void removeParts(String graph) {
    insistence.insist(
        "remove what graph " + graph + " does not have", () -> underLock(graph, this::clean));
  }

  private void clean(GraphEntry entry) {
    Optional<Deployed> deployed = entry.moment().flatMap(Moment::deployed);
    deployed.ifPresent(new Strays(switching)::removeFrom);
  }

  /** Removes ports of LSI-0 that no graph has. */
  void removeOuterPorts() {
    insistence.insist("give back what no graph has", base::sweep);
  }

  private void underLock(String graph, Consumer<GraphEntry> work) {
    graphs.withKnown(
        graph,
        entry -> {
          work.accept(entry);
          return entry;
        });
  }
}
