package org.universalnode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un group}: the groups that users of a node are in. */
final class GroupCommand implements Command {
  private static final byte[] NO_BODY = {};

  @Override
  public CommandSpec specification() {
    return named("group", "List, add and remove groups of users.");
  }

  @Override
  public List<Command> subcommands() {
    return List.of(new Groups(), new Change("add"), new Change("delete"));
  }

  @Override
  public int run(Invocation call) {
    throw call.refused("group needs one of: list, add, delete");
  }

  /** {@code un group list}. */
  private static final class Groups implements Query {

    @Override
    public CommandSpec specification() {
      return named("list", "List the groups.");
    }

    @Override
    public String path(Invocation call) {
      return ResourcePath.GROUPS;
    }

    @Override
    public String shown(JsonObject document, Paint paint) {
      Table table = new Table("GROUP");
      for (JsonElement group : Json.array(document, "groups")) {
        table.row(group.isJsonPrimitive() ? group.getAsString() : "");
      }
      return table.shown(paint);
    }
  }

  private record Change(String verb) implements Command {

    @Override
    public CommandSpec specification() {
      return named(verb, verb.equals("add") ? "Add a group." : "Remove a group without users.")
          .addPositional(Command.parameter(0, "GROUP", "1", "The group's name."));
    }

    @Override
    public int run(Invocation call) {
      String path = ResourcePath.group(call.parameter(0));
      if (verb.equals("add")) {
        call.node().put(path, Map.of(), NO_BODY);
      } else {
        call.node().delete(path, Map.of());
      }
      call.out().print(call.json() ? "{}\n" : Printable.line(call.parameter(0)) + ": done\n");
      return CommandTree.DONE;
    }
  }
}
