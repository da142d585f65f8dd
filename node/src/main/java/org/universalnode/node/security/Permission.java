package org.universalnode.node.security;

import java.util.Optional;

/**
 * What somebody may do with a thing. The published form is three letters, for reading, updating and
 * deleting, each A (allowed) or D (denied): {@code ADD} is to read only.
 */
public record Permission(boolean read, boolean update, boolean delete) {
  /** Everything is allowed. */
  public static final Permission EVERYTHING = new Permission(true, true, true);

  static final Permission READING = new Permission(true, false, false);
  static final Permission NOTHING = new Permission(false, false, false);

  private static final char ALLOWED = 'A';
  private static final String FORM = "[AD]{3}";

  /** The permission of that text; empty if it is none. */
  public static Optional<Permission> of(String text) {
    return text.matches(FORM)
        ? Optional.of(
            new Permission(
                text.charAt(0) == ALLOWED, text.charAt(1) == ALLOWED, text.charAt(2) == ALLOWED))
        : Optional.empty();
  }

  /** Three letters. */
  public String text() {
    return letter(read) + letter(update) + letter(delete);
  }

  boolean allows(Right right) {
    return switch (right) {
      case READ -> read;
      case UPDATE -> update;
      case DELETE -> delete;
    };
  }

  private static String letter(boolean allowed) {
    return allowed ? "A" : "D";
  }
}
