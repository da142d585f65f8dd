package org.universalnode.node.rest;

import org.universalnode.node.security.Caller;
import org.universalnode.node.security.Right;
import org.universalnode.node.security.Security;

/** What somebody who logged in sees, until it is logged out. */
record PersonsView(Security security, Caller.Person person) implements Viewer {

  @Override
  public boolean isLetIn() {
    return security.sessions().now(person).isPresent();
  }

  @Override
  public boolean sees(String graph) {
    return security
        .sessions()
        .now(person)
        .filter(now -> security.owners().may(now, Right.READ, graph))
        .isPresent();
  }
}
