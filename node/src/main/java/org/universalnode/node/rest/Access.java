package org.universalnode.node.rest;

import java.util.List;
import java.util.Optional;
import org.universalnode.node.security.Audit;
import org.universalnode.node.security.Security;

/**
 * Who is let in, and who is told of it.
 *
 * @param users ids of the users of this machine that need no password
 * @param security for everybody else; empty if nobody else is let in
 */
public record Access(List<Integer> users, Optional<Security> security, Audit audit) {
  public Access {
    users = List.copyOf(users);
  }
}
