package org.universalnode.switching.openvswitch;

import java.util.Optional;
import org.universalnode.switching.LsiId;

/**
 * What a bridge is: an LSI, or the learning switch of a group.
 *
 * @param text as the database keeps it
 */
record Place(String text) {
  private static final String LSI = "lsi:";
  private static final String GROUP = "group:";

  static Place of(LsiId lsi) {
    return new Place(LSI + lsi.number());
  }

  static Place ofGroup(String name) {
    return new Place(GROUP + name);
  }

  Optional<LsiId> lsi() {
    return text.startsWith(LSI)
        ? Optional.of(new LsiId(Integer.parseInt(text.substring(LSI.length()))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
