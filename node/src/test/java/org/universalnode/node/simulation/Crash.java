package org.universalnode.node.simulation;

/** The node's process dies; nothing of the node may catch it. */
final class Crash extends Error {
  private static final long serialVersionUID = 1;

  Crash() {
    super("the node's process dies", null, false, false);
  }
}
