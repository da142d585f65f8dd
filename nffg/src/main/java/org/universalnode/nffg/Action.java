package org.universalnode.nffg;

/** One thing done with a frame that a rule matches. */
public sealed interface Action {

  /** Sends the frame to a port; of several outputs each gets a copy. */
  record Output(PortRef port) implements Action {}
}
