package org.universalnode.node.rest;

import java.util.List;
import org.universalnode.node.security.Audit;

/**
 * Who is let in, and who is told of it.
 *
 * @param users ids of the users of this machine that may connect
 */
public record Access(List<Integer> users, Audit audit) {
  public Access {
    users = List.copyOf(users);
  }
}
