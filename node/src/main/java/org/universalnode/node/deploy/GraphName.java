package org.universalnode.node.deploy;

import org.universalnode.problem.Problem;

/** What a graph may be called. */
final class GraphName {
  private GraphName() {}

  static void requireUsable(String id) {
    if (!id.matches("[^\\p{Cntrl}/:]{1,128}")) {
      throw Problem.of(Problem.Code.INVALID_DOCUMENT, "\"" + id + "\" can't be a graph's id")
          .next("use 1 to 128 characters, no slash and no colon")
          .asException();
    }
  }
}
