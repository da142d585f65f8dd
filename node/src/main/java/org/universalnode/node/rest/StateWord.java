package org.universalnode.node.rest;

import org.universalnode.compute.ObservedInstance;

/** What people call the state of an instance. */
final class StateWord {
  private StateWord() {}

  static String of(ObservedInstance.State state) {
    return switch (state) {
      case BROKEN -> "broken";
      case CREATED -> "stopped";
      case STARTED -> "running";
      case PAUSED -> "paused";
    };
  }
}
