package org.universalnode.node.health;

/** What is to be done now. */
sealed interface HealthWork {
  FunctionName function();

  record Look(FunctionName function) implements HealthWork {}

  record Restart(FunctionName function) implements HealthWork {}
}
