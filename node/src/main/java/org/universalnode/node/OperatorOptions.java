package org.universalnode.node;

import java.util.List;
import java.util.Set;
import org.universalnode.node.config.InitialGraph;
import org.universalnode.node.deploy.HealthIntervals;
import org.universalnode.node.deploy.Limit;

/**
 * What an operator may say besides what a node needs to start.
 *
 * @param users ids of users that need no password, besides root and the one it runs as
 * @param limits what graphs may use of it
 * @param health how often it looks after what it runs
 * @param graphs that it has from its start
 * @param northbound what it says of itself, and to whom
 * @param catalog where templates come from besides
 * @param security who is let in besides users of the machine
 */
public record OperatorOptions(
    Set<Integer> users,
    List<Limit> limits,
    HealthIntervals health,
    List<InitialGraph> graphs,
    NorthboundOptions northbound,
    CatalogOptions catalog,
    SecurityOptions security) {
  /** Nothing, so that the node does as it does by default. */
  static final OperatorOptions DEFAULT =
      new OperatorOptions(
          Set.of(),
          List.of(Limit.DEFAULT),
          HealthIntervals.DEFAULT,
          List.of(),
          NorthboundOptions.NONE,
          CatalogOptions.NONE,
          SecurityOptions.NONE);

  public OperatorOptions {
    users = Set.copyOf(users);
    limits = List.copyOf(limits);
    graphs = List.copyOf(graphs);
  }

  OperatorOptions with(NorthboundOptions other) {
    return new OperatorOptions(users, limits, health, graphs, other, catalog, security);
  }

  OperatorOptions with(CatalogOptions other) {
    return new OperatorOptions(users, limits, health, graphs, northbound, other, security);
  }

  OperatorOptions with(List<Limit> other) {
    return new OperatorOptions(users, other, health, graphs, northbound, catalog, security);
  }

  OperatorOptions with(SecurityOptions other) {
    return new OperatorOptions(users, limits, health, graphs, northbound, catalog, other);
  }
}
