package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.node.security.Account;
import org.universalnode.node.security.Accounts;
import org.universalnode.node.security.Caller;
import org.universalnode.node.security.Role;
import org.universalnode.node.security.Security;
import org.universalnode.node.security.Sessions;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Logins, users and groups. */
final class AccountRoutes {
  private static final int NOT_IMPLEMENTED = 501;
  private static final String USER = "username";
  private static final String PASSWORD = "password";
  private static final String CURRENT = "current";
  private static final String GROUP = "group";
  private static final String ROLE = "role";

  private final Security security;
  private final Accounts accounts;
  private final Sessions sessions;

  AccountRoutes(Security security) {
    this.security = security;
    this.accounts = security.accounts();
    this.sessions = security.sessions();
  }

  /** What a node without accounts answers to all of this. */
  static Response absent() {
    Problem problem =
        Problem.of(Code.UNSUPPORTED, "this node has no users, as authentication is off")
            .next("root needs no login; else start the node with --authentication on");
    return org.universalnode.node.rest.Problems.response(List.of(problem)).as(NOT_IMPLEMENTED);
  }

  /** The published answer is the token and nothing else. */
  Response logIn(Request request) {
    Body body = new Body(request);
    String name = body.fields.requiredString(USER);
    String password = body.fields.requiredString(PASSWORD);
    body.end();
    String token = sessions.login(name, password, request.asker().address());
    return Response.text(token).with("Cache-Control", "no-store").by(name);
  }

  Response logOut(Request request) {
    if (request.asker().caller() instanceof Caller.Person person) {
      sessions.end(person.session());
    }
    return Response.empty(204);
  }

  Response listUsers() {
    JsonArray users = new JsonArray();
    accounts.all().forEach(account -> users.add(json(account)));
    JsonObject body = new JsonObject();
    body.add("users", users);
    return Response.json(200, body);
  }

  Response user(String name) {
    Account found = accounts.find(name).orElseThrow(() -> unknown("user", name));
    return Response.json(200, json(found));
  }

  Response create(Request request, String name) {
    Body body = new Body(request);
    String password = body.fields.requiredString(PASSWORD);
    String group = body.fields.requiredString(GROUP);
    Role role = body.role().orElse(Role.TENANT);
    body.end();
    accounts.add(new Account(name, group, role), password);
    return Response.empty(202);
  }

  Response change(Request request, String name) {
    Body body = new Body(request);
    Optional<String> group = Optional.of(body.fields.string(GROUP)).filter(one -> !one.isEmpty());
    Optional<Role> role = body.role();
    if (group.isEmpty() && role.isEmpty()) {
      body.fields.problem("", "nothing is to be changed", "say a group or a role");
    }
    body.end();
    return done(
        "user",
        name,
        accounts.change(
            name, now -> new Account(name, group.orElse(now.group()), role.orElse(now.role()))));
  }

  Response delete(String name) {
    boolean removed = accounts.remove(name);
    sessions.endAll(name);
    security.owners().disown(name);
    return done("user", name, removed);
  }

  /** Whoever changes the own password proves that it is not somebody at a forgotten terminal. */
  Response setPassword(Request request, String name) {
    Body body = new Body(request);
    String password = body.fields.requiredString(PASSWORD);
    boolean proves = !request.asker().caller().isAdmin();
    String current = proves ? body.fields.requiredString(CURRENT) : body.fields.string(CURRENT);
    body.end();
    if (proves) {
      sessions.prove(name, current, request.asker().address());
    }
    return done("user", name, accounts.setPassword(name, password));
  }

  Response endSessions(String name) {
    sessions.endAll(name);
    return done("user", name, accounts.find(name).isPresent());
  }

  Response listGroups() {
    JsonArray groups = new JsonArray();
    accounts.groups().forEach(groups::add);
    JsonObject body = new JsonObject();
    body.add("groups", groups);
    return Response.json(200, body);
  }

  Response createGroup(String name) {
    return Response.empty(accounts.addGroup(name) ? 201 : 204);
  }

  Response deleteGroup(String name) {
    return done("group", name, accounts.removeGroup(name));
  }

  private static JsonObject json(Account account) {
    JsonObject json = new JsonObject();
    json.addProperty(USER, account.name());
    json.addProperty(GROUP, account.group());
    json.addProperty(ROLE, account.role().word());
    return json;
  }

  private static Response done(String kind, String name, boolean found) {
    if (!found) {
      throw unknown(kind, name);
    }
    return Response.empty(204);
  }

  private static RuntimeException unknown(String kind, String name) {
    return Problem.of(Code.NOT_FOUND, "there is no " + kind + " \"" + name + "\"")
        .next("GET /" + kind + "s shows those that are here")
        .asException();
  }

  /** A request's document, of which all problems are told at once. */
  private static final class Body {
    private final Problems problems = new Problems();
    private final JsonFields fields;

    private Body(Request request) {
      fields = JsonFields.of(JsonText.parse(request.body(), JsonLimits.DOCUMENT), "", problems);
    }

    private Optional<Role> role() {
      String word = fields.string(ROLE);
      Optional<Role> role = Role.of(word);
      if (role.isEmpty() && !word.isEmpty()) {
        fields.problem(ROLE, "\"" + word + "\" is no role", "use " + Role.words());
      }
      return role;
    }

    private void end() {
      fields.rejectUnknown();
      problems.throwIfAny();
    }
  }
}
