package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.universalnode.nffg.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un user}: who may log in to a node. */
final class UserCommand implements Command {
  private static final String GROUP = "group";
  private static final String ROLE = "role";
  private static final String PASSWORD = "password";

  @Override
  public CommandSpec specification() {
    return named("user", "List, add, change and remove users of a node.");
  }

  @Override
  public List<Command> subcommands() {
    return List.of(
        new Users(),
        new Change("add", "Add a user; the password is typed, or read from the standard input."),
        new Change("set", "Give a user another group or role."),
        new Change("password", "Give a user another password; it is logged out everywhere."),
        new Change("logout", "Log a user out everywhere."),
        new Change("delete", "Remove a user; its graphs stay."));
  }

  @Override
  public int run(Invocation call) {
    throw call.refused("user needs one of: list, add, set, password, logout, delete");
  }

  /** {@code un user list}. */
  private static final class Users implements Query {

    @Override
    public CommandSpec specification() {
      return named("list", "List the users.");
    }

    @Override
    public String path(Invocation call) {
      return ResourcePath.USERS;
    }

    @Override
    public String shown(JsonObject document, Paint paint) {
      Table table = new Table("USER", "GROUP", "ROLE");
      for (JsonObject user : Json.objects(document, "users")) {
        table.row(Json.text(user, "username"), Json.text(user, GROUP), Json.text(user, ROLE));
      }
      return table.shown(paint);
    }
  }

  /** The commands that change one user. */
  private record Change(String verb, String description) implements Command {

    @Override
    public CommandSpec specification() {
      CommandSpec spec =
          named(verb, description)
              .addPositional(Command.parameter(0, "USER", "1", "The user's name."));
      if (verb.equals("add") || verb.equals("set")) {
        spec.addOption(option(GROUP, "Whose graphs' permissions for a group hold."));
        spec.addOption(option(ROLE, "admin, operator, tenant or read-only."));
      }
      return spec;
    }

    private static OptionSpec option(String name, String description) {
      return OptionSpec.builder("--" + name)
          .type(String.class)
          .paramLabel(name.toUpperCase(Locale.ROOT))
          .description(description)
          .build();
    }

    @Override
    public int run(Invocation call) {
      String user = call.parameter(0);
      String path = ResourcePath.user(user);
      switch (verb) {
        case "add" -> call.node().post(path, body(withPassword(call, said(call), user)));
        case "set" -> call.node().put(path, Map.of(), body(said(call)));
        case PASSWORD -> call.node().put(path + "/password", Map.of(), body(passwords(call, user)));
        case "logout" -> call.node().delete(path + "/tokens", Map.of());
        default -> call.node().delete(path, Map.of());
      }
      call.out().print(call.json() ? "{}\n" : Printable.line(user) + ": done\n");
      return CommandTree.DONE;
    }

    private static JsonObject said(Invocation call) {
      JsonObject said = new JsonObject();
      for (String name : List.of(GROUP, ROLE)) {
        String value = call.option("--" + name, "");
        if (!value.isEmpty()) {
          said.addProperty(name, value);
        }
      }
      if (said.isEmpty()) {
        throw call.refused("say --group or --role, or both");
      }
      return said;
    }

    private static JsonObject withPassword(Invocation call, JsonObject said, String user) {
      said.addProperty(PASSWORD, Passwords.choose(call, "New password of " + user + ": "));
      return said;
    }

    /** An administrator's own is not looked at. */
    private static JsonObject passwords(Invocation call, String user) {
      JsonObject passwords = new JsonObject();
      if (call.prompt().isThere()) {
        String current = call.prompt().ask("Your present password, if that is you: ");
        if (!current.isEmpty()) {
          passwords.addProperty("current", current);
        }
      }
      return withPassword(call, passwords, user);
    }

    private static byte[] body(JsonObject document) {
      return JsonText.compact(document).getBytes(StandardCharsets.UTF_8);
    }
  }
}
