package org.universalnode.switching;

import java.util.Map;

/**
 * What went through an LSI since its rules and ports were made.
 *
 * @param rules by rule id: the frames that the rule decided on
 * @param ports by number; virtual links are ports of both their LSIs
 */
public record SwitchCounters(Map<String, Count> rules, Map<Integer, Traffic> ports) {

  public SwitchCounters {
    rules = Map.copyOf(rules);
    ports = Map.copyOf(ports);
  }

  /** A frame that the kernel carries for several counts as so many packets. */
  public record Count(long packets, long bytes) {
    public static final Count NONE = new Count(0, 0);

    public Count plus(Count other) {
      return new Count(packets + other.packets, bytes + other.bytes);
    }
  }

  /**
   * What went through a port.
   *
   * @param dropped of those that came in: no rule matched them
   */
  public record Traffic(Count in, Count out, Count dropped) {}
}
