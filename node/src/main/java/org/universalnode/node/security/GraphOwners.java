package org.universalnode.node.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Whose graphs are, and who else may do what with them. Thread-safe; every change is on the disk
 * when its method returns.
 */
public final class GraphOwners {
  private static final int MOST_FORMER = 1_024;

  private final SecurityStore store;
  private final Permissions usual;
  private final Permission admins;
  private final Map<String, Ownership> ownerships;
  private final Map<String, Claim> claims = new LinkedHashMap<>();

  /** Of graphs that are gone: their owners may still hear how they went. */
  private final Map<String, Ownership> former = new LinkedHashMap<>();

  /** That somebody makes a graph. */
  public static final class Claim {
    private final String graph;

    private Claim(String graph) {
      this.graph = graph;
    }
  }

  /**
   * Those that are stored.
   *
   * @param usual permissions of new graphs
   * @param admins what administrators and operators may do with every graph
   */
  GraphOwners(SecurityStore store, Permissions usual, Permission admins) {
    this.store = store;
    this.usual = usual;
    this.admins = admins;
    this.ownerships = new ConcurrentSkipListMap<>(store.ownerships());
  }

  /** Whether somebody may do that with a graph, which may be there or not. */
  public boolean may(Caller caller, Right right, String graph) {
    return switch (caller) {
      case Caller.Local _ -> true;
      case Caller.Person(Account account, Session _) -> may(account, right, graph);
      case Caller.Stranger _ -> false;
    };
  }

  private boolean may(Account account, Right right, String graph) {
    return switch (account.role()) {
      case ADMIN, OPERATOR -> admins.allows(right);
      case TENANT -> of(graph).of(account).allows(right);
      case READ_ONLY -> right == Right.READ && admins.allows(right);
    };
  }

  /** Whose the graph is, or was if it is gone. */
  public Ownership of(String graph) {
    Ownership current = ownerships.get(graph);
    return current == null ? former(graph) : current;
  }

  private synchronized Ownership former(String graph) {
    return former.getOrDefault(graph, Ownership.NOBODYS);
  }

  /**
   * Whoever makes a graph owns it, whatever was before.
   *
   * @return to be {@link #release released} if the graph does not come to be
   */
  public synchronized Claim claim(String graph, Caller caller) {
    Claim claim = new Claim(graph);
    claims.put(graph, claim);
    if (caller instanceof Caller.Person(Account account, Session _)) {
      set(graph, Ownership.of(account, usual));
    } else {
      remove(graph);
    }
    former.remove(graph);
    return claim;
  }

  /** The graph that was claimed did not come to be, unless somebody else has claimed it since. */
  public synchronized void release(Claim claim) {
    if (claims.get(claim.graph) == claim) {
      claims.remove(claim.graph);
      remove(claim.graph);
    }
  }

  /** Gives a graph other permissions. */
  public synchronized void permit(String graph, Permissions permissions) {
    Ownership before = of(graph);
    set(graph, new Ownership(before.owner(), before.group(), permissions));
  }

  /** There is no such graph any more. */
  public synchronized void forget(String graph) {
    claims.remove(graph);
    Ownership last = remove(graph);
    if (!last.equals(Ownership.NOBODYS)) {
      former.put(graph, last);
    }
    if (former.size() > MOST_FORMER) {
      former.remove(former.keySet().iterator().next());
    }
  }

  private Ownership remove(String graph) {
    Ownership before = ownerships.get(graph);
    if (before == null) {
      return Ownership.NOBODYS;
    }
    store.removeOwnership(graph);
    ownerships.remove(graph);
    return before;
  }

  /** There are no graphs but these. */
  public synchronized void retain(Set<String> graphs) {
    ownerships.keySet().stream().filter(graph -> !graphs.contains(graph)).forEach(this::remove);
  }

  /** There is no such account any more: whoever gets its name does not get its graphs. */
  public synchronized void disown(String owner) {
    ownerships.forEach(
        (graph, ownership) -> {
          if (ownership.owner().equals(owner)) {
            set(graph, ownership.withoutOwner());
          }
        });
    former.values().removeIf(ownership -> ownership.owner().equals(owner));
  }

  private void set(String graph, Ownership ownership) {
    store.save(graph, ownership);
    ownerships.put(graph, ownership);
  }
}
