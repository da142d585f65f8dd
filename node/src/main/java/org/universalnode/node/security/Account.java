package org.universalnode.node.security;

/**
 * Somebody with a password.
 *
 * @param group whose members may do what graphs of the group allow them
 */
public record Account(String name, String group, Role role) {
  static final String NAMES = "[a-z0-9][a-z0-9._-]{0,63}";

  /** Whether an account or a group can be called that. */
  public static boolean isName(String text) {
    return text.matches(NAMES);
  }
}
