package org.universalnode.node.config;

import java.util.Map;
import org.universalnode.node.deploy.Limit;

/**
 * What some graphs may use together.
 *
 * @param graphs a graph's id, or how ids begin and a star
 * @param most what is said of limits; for others those of the whole node hold
 */
record Tenant(String graphs, Map<Setting, Integer> most, Origin origin) {
  Tenant {
    most = Map.copyOf(most);
  }

  Limit limit(Limit node) {
    return new Limit(
        graphs,
        most.getOrDefault(Setting.MOST_GRAPHS, node.mostGraphs()),
        most.getOrDefault(Setting.MOST_FUNCTIONS, node.mostFunctions()),
        most.getOrDefault(Setting.MOST_RULES, node.mostRules()),
        most.getOrDefault(Setting.MOST_MEMORY, node.mostMegabytes()));
  }
}
