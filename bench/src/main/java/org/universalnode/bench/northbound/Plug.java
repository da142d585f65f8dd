package org.universalnode.bench.northbound;

import com.google.gson.JsonObject;
import java.util.List;

/** Something of a machine that can be taken away and brought back. */
interface Plug extends AutoCloseable {

  /** A program with its arguments that becomes the node; empty for none. */
  default List<String> launcher() {
    return List.of();
  }

  /** Options that the node needs for it. */
  default List<String> options() {
    return List.of();
  }

  void unplug();

  void replug();

  /** A number in a node's description that is less without it. */
  long reading(JsonObject description);

  /** By how much at least. */
  long step();

  /** It is as if it had never been. */
  @Override
  void close();
}
