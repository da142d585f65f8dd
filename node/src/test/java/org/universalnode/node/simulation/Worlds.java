package org.universalnode.node.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.universalnode.compute.InstanceId;
import org.universalnode.node.store.StoredGraph;

/** Worlds in words that do not tell their past. */
final class Worlds {
  private Worlds() {}

  /** LSIs are called by their graphs; which incarnation of a function runs makes no difference. */
  static List<String> plain(
      List<String> switching,
      Map<InstanceId, FakeFunctions.Life> functions,
      List<StoredGraph> stored) {
    List<String> words = new ArrayList<>(switching);
    functions.forEach(
        (id, life) ->
            words.add(
                "function %s/%s %s %s %s"
                    .formatted(
                        id.graph(),
                        id.function(),
                        life.start() > 0 ? "runs" : "stands",
                        life.spec().image(),
                        life.configuration())));
    Stream<String> named = words.stream();
    for (StoredGraph graph : stored) {
      String lsi = "LSI-" + graph.lsi() + "\\b";
      named = named.map(word -> word.replaceAll(lsi, "LSI of " + graph.id()));
    }
    return named.map(word -> word.replaceAll("/in:0/\\d+", "/in:0")).sorted().toList();
  }
}
