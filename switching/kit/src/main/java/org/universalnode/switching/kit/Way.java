package org.universalnode.switching.kit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.Walk;

/** A way to find out what a switch does with frames. It owns a switch of its own. */
public interface Way {

  /** What it is, in a few words. */
  String name();

  /** Replaces all rules, and has the learning groups forget what they learned. */
  void begin(Map<LsiPort, List<SwitchRule>> tables);

  /** Whether this way can have such a frame come in at all; the kernel refuses some. */
  boolean canRun(Frame frame);

  /**
   * Has the frame that the walk begins with come in.
   *
   * @param expected what the reference says
   * @return what the switch did otherwise, as far as this way can see it
   */
  Optional<String> disagreement(Walk<LsiPort> expected);
}
