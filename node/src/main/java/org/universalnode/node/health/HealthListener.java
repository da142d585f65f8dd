package org.universalnode.node.health;

/** Learns of changes, in their order. It returns at once and does not call back. */
@FunctionalInterface
public interface HealthListener {
  void changed(FunctionName function, FunctionHealth before, FunctionHealth now);
}
