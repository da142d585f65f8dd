package org.universalnode.node.security;

import java.util.Optional;

/** Who asks. */
public sealed interface Caller {

  /**
   * A user of this machine that rules the node.
   *
   * @param user its id
   */
  record Local(int user) implements Caller {}

  /**
   * Somebody who logged in, as long as that holds.
   *
   * @param session by which it is known
   */
  record Person(Account account, Session session) implements Caller {}

  /** Nobody who is known. */
  record Stranger() implements Caller {}

  /** What it is at the node; empty for strangers. */
  default Optional<Role> role() {
    return switch (this) {
      case Local _ -> Optional.of(Role.ADMIN);
      case Person(Account account, Session _) -> Optional.of(account.role());
      case Stranger _ -> Optional.empty();
    };
  }

  /** Whether it may do everything, also to accounts. */
  default boolean isAdmin() {
    return role().filter(Role.ADMIN::equals).isPresent();
  }

  /** Whether it logged in with the account of that name. */
  default boolean is(String name) {
    return this instanceof Person(Account account, Session _) && account.name().equals(name);
  }
}
