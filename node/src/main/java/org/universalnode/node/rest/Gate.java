package org.universalnode.node.rest;

import java.util.Optional;
import java.util.function.Predicate;
import org.universalnode.node.rest.Operation.Need;
import org.universalnode.node.security.Caller;
import org.universalnode.node.security.GraphOwners;
import org.universalnode.node.security.Right;
import org.universalnode.node.security.Role;
import org.universalnode.node.security.Security;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Lets those pass who may do what they ask for. To who may not read a graph it is as if there were
 * none.
 */
final class Gate {
  private final Optional<Security> security;
  private final Predicate<String> exists;

  /**
   * A gate of its own.
   *
   * @param security empty if only users of the machine are let in, and to everything
   * @param exists whether there is a graph of that id
   */
  Gate(Optional<Security> security, Predicate<String> exists) {
    this.security = security;
    this.exists = exists;
  }

  /**
   * Throws unless somebody may do that.
   *
   * @throws ProblemException with UNAUTHENTICATED, FORBIDDEN or NOT_FOUND
   */
  void check(Routing.Found found, Caller caller) {
    Need need = found.operation().need();
    if (security.isEmpty()) {
      requireLocal(caller);
    } else if (need != Need.NOTHING) {
      Role role = caller.role().orElseThrow(Gate::stranger);
      check(found, caller, role);
    }
  }

  /** Which graphs somebody sees. */
  boolean sees(Caller caller, String graph) {
    return security.isEmpty() || security.get().owners().may(caller, Right.READ, graph);
  }

  /** What events somebody is told, for as long as it is known. */
  Viewer viewer(Caller caller) {
    return security.isPresent() && caller instanceof Caller.Person person
        ? new PersonsView(security.get(), person)
        : Viewer.OF_ALL;
  }

  /** The same again for a change that begins, as the graph may be another's by then. */
  void checkChange(Caller caller, Right right, String graph) {
    security.ifPresent(known -> require(known.owners(), caller, right, graph));
  }

  /** Throws unless somebody may make graphs. */
  void checkMaking(Caller caller) {
    if (caller.role().filter(role -> role != Role.READ_ONLY).isEmpty()) {
      throw forbidden("make graphs").asException();
    }
  }

  private void check(Routing.Found found, Caller caller, Role role) {
    String named = found.named().isEmpty() ? "" : found.named().getFirst();
    switch (found.operation().need()) {
      case NOTHING, ACCOUNT -> {}
      case MAKING -> checkMaking(caller);
      case PUTTING -> checkPutting(caller, named);
      case READING -> checkChange(caller, Right.READ, named);
      case UPDATING -> checkChange(caller, Right.UPDATE, named);
      case DELETING -> checkChange(caller, Right.DELETE, named);
      case OWNING -> checkOwning(caller, named);
      case OVERVIEW -> require(role != Role.TENANT, "see all graphs");
      case OPERATING -> checkOperating(caller, role, named);
      case BEING -> require(caller.isAdmin() || caller.is(named), "do that to other users");
      case ADMINISTERING -> require(caller.isAdmin(), "manage users and groups");
    }
  }

  private void checkPutting(Caller caller, String graph) {
    if (!exists.test(graph)) {
      checkMaking(caller);
    } else if (sees(caller, graph)) {
      checkChange(caller, Right.UPDATE, graph);
    } else {
      throw forbidden("use that id, which is taken").next("choose another id").asException();
    }
  }

  private void checkOwning(Caller caller, String graph) {
    checkChange(caller, Right.READ, graph);
    boolean owns = caller.is(security.orElseThrow().owners().of(graph).owner());
    require(caller.isAdmin() || owns, "say who may do what with that graph");
  }

  private void checkOperating(Caller caller, Role role, String graph) {
    checkChange(caller, Right.READ, graph);
    require(role == Role.ADMIN || role == Role.OPERATOR, "run commands inside functions");
  }

  private static void require(GraphOwners owners, Caller caller, Right right, String graph) {
    if (!owners.may(caller, Right.READ, graph)) {
      throw Api.unknown(graph).asException();
    }
    require(owners.may(caller, right, graph), "do that to this graph");
  }

  private static void require(boolean allowed, String what) {
    if (!allowed) {
      throw forbidden(what).asException();
    }
  }

  private static void requireLocal(Caller caller) {
    if (caller.role().isEmpty()) {
      throw Problem.of(Code.FORBIDDEN, "only root may talk to the node")
          .next("use sudo, on the node itself")
          .asException();
    }
  }

  private static ProblemException stranger() {
    return Problem.of(Code.UNAUTHENTICATED, "log in first: there is no token, or none that holds")
        .next("un login, or POST /login")
        .asException();
  }

  private static Problem forbidden(String what) {
    return Problem.of(Code.FORBIDDEN, "you may not " + what)
        .next("ask whoever administers this node");
  }
}
