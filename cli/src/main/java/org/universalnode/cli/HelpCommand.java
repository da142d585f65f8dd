package org.universalnode.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un help}: the same as --help of the command. */
final class HelpCommand implements Command {

  @Override
  public CommandSpec specification() {
    return named("help", "Show how a command is used.")
        .addPositional(Command.parameter(0, "COMMAND", "0..*", "The command; all without it."));
  }

  @Override
  public int run(Invocation call) {
    CommandLine asked = call.root();
    for (String name : call.parameters()) {
      CommandLine below = asked.getSubcommands().get(name);
      if (below == null) {
        throw call.refused("no such command: " + name);
      }
      asked = below;
    }
    asked.usage(call.out());
    return CommandTree.DONE;
  }
}
