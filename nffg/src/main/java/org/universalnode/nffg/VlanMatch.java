package org.universalnode.nffg;

import org.universalnode.problem.ProblemException;

/** What a rule asks of a frame's outermost 802.1Q tag. */
public sealed interface VlanMatch {

  /** Any tag, but there must be one. */
  record Tagged() implements VlanMatch {
    @Override
    public String toString() {
      return "ANY";
    }
  }

  /** No tag. */
  record Untagged() implements VlanMatch {
    @Override
    public String toString() {
      return "NO_VLAN";
    }
  }

  /** A tag with this VLAN id, 1 to 4094. */
  record Vlan(int id) implements VlanMatch {
    public Vlan {
      if (id < 1 || id > 4094) {
        throw new IllegalArgumentException("a VLAN id is 1 to 4094, not " + id);
      }
    }

    @Override
    public String toString() {
      return Integer.toString(id);
    }
  }

  /**
   * Reads {@code ANY}, {@code NO_VLAN} or a VLAN id.
   *
   * @throws ProblemException if it is written otherwise
   */
  static VlanMatch parse(String text) {
    return switch (text) {
      case "ANY" -> new Tagged();
      case "NO_VLAN" -> new Untagged();
      default -> new Vlan(FieldNumber.parse(text, 1, 4094));
    };
  }
}
