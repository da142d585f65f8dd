package org.universalnode.node.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody is at the node. */
public enum Role {
  /** Does everything, also to accounts. */
  ADMIN,
  /** Does everything to all graphs. */
  OPERATOR,
  /** Has graphs of its own, and sees no others but those that it is let see. */
  TENANT,
  /** Sees all graphs and changes nothing. */
  READ_ONLY;

  /** As documents have it: {@code read-only}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All, for people. */
  public static String words() {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
  }

  /** The role of that word; empty if there is none. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
