package org.universalnode.cli;

import com.google.gson.JsonObject;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** The document with which the node names a graph: {@code {"nffg-uuid":"g1"}}. */
final class GraphId {
  private static final String KEY = "nffg-uuid";

  private GraphId() {}

  /** The node's own document, or the same about {@code id} where it answers without a body. */
  static JsonObject document(Reply reply, String id) {
    if (!reply.body().isBlank()) {
      return reply.document();
    }
    JsonObject document = new JsonObject();
    document.addProperty(KEY, id);
    return document;
  }

  static String in(JsonObject document) {
    String id = Json.text(document, KEY);
    if (id.isEmpty()) {
      throw Problem.of(Code.INTERNAL, "the answer does not name the graph: it has no " + KEY)
          .next("see with: un list")
          .asException();
    }
    return id;
  }
}
