package org.universalnode.switching.openvswitch.openflow;

import org.universalnode.problem.Problem;

/**
 * Told what happens with datapaths. What concerns one datapath is told in order and one at a time,
 * on a thread of its own, which may ask the datapath.
 */
public interface DatapathListener {

  /** A switch is there, for the first time or again. */
  void connected(Datapath datapath);

  /** It is gone; the switch goes on forwarding frames and will come back. */
  void gone(Datapath datapath, Problem why);

  /**
   * The switch said something unasked: a changed port, a removed flow, a frame, or that it refused
   * what wanted no answer. If the listener is slow, these are dropped, never those above.
   */
  default void received(Datapath datapath, Message message) {}
}
