package org.universalnode.node.security;

/**
 * Whose a graph is.
 *
 * @param owner name of an account; empty if it is nobody's
 * @param group that the owner was in when the graph was made; empty if it is nobody's
 */
public record Ownership(String owner, String group, Permissions permissions) {
  /** Of graphs that the node's own configuration or a user of the machine made. */
  static final Ownership NOBODYS = new Ownership("", "", Permissions.USUAL);

  static Ownership of(Account account, Permissions permissions) {
    return new Ownership(account.name(), account.group(), permissions);
  }

  Ownership withoutOwner() {
    return new Ownership("", "", permissions);
  }

  Permission of(Account account) {
    if (account.name().equals(owner)) {
      return permissions.owner();
    }
    return account.group().equals(group) ? permissions.group() : permissions.all();
  }
}
