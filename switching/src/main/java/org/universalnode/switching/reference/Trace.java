package org.universalnode.switching.reference;

import java.util.List;
import java.util.Optional;
import org.universalnode.switching.PortName;

/**
 * Which way a packet took through a graph, for people.
 *
 * @param hops in the order in which they were made
 * @param ends where it left; empty if it was dropped
 * @param cut whether copies were dropped because the way was too long
 */
public record Trace(List<Hop> hops, List<End> ends, boolean cut) {

  public Trace {
    hops = List.copyOf(hops);
    ends = List.copyOf(ends);
  }

  /**
   * What one LSI did.
   *
   * @param in port by which the frame came in
   * @param frame described, as it came in
   * @param rule id of the rule that decided; empty if the frame was dropped without one
   * @param actions what was done, in order, in words; or why the frame was dropped
   */
  public record Hop(
      GraphPort.Lsi lsi, PortName in, String frame, Optional<String> rule, List<String> actions) {

    public Hop {
      actions = List.copyOf(actions);
    }
  }

  /**
   * An interface of the machine or a function's port that got the frame.
   *
   * @param frame as it arrived there, to go on with at another port of the function
   */
  public record End(PortName port, Frame frame) {}
}
