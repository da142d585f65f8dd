package org.universalnode.node.rest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.universalnode.nffg.GraphWriter;
import org.universalnode.nffg.ServiceGraph;

/**
 * Answers to who asks for graphs. One that is asked for again is neither written nor hashed again
 * as long as it is the same. Thread-safe.
 */
final class GraphAnswers {
  private static final String TAG = "ETag";
  private static final int MOST_GRAPHS = 256;

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(ServiceGraph graph, String tag, Response response) {
    static Known of(ServiceGraph graph) {
      String tag = EntityTag.of(graph);
      return new Known(graph, tag, Response.json(200, GraphWriter.tree(graph)).with(TAG, tag));
    }
  }

  /** Without a body, if the client has the same already. */
  Response of(String id, ServiceGraph graph, Conditions conditions) {
    Known last = known.get(id);
    if (last == null || !last.graph().equals(graph)) { // the same object is soon found equal
      last = Known.of(graph);
      if (known.size() >= MOST_GRAPHS) {
        known.clear();
      }
      known.put(id, last);
    }
    return conditions.knows(last.tag())
        ? Response.empty(304).with(TAG, last.tag())
        : last.response();
  }
}
