package org.universalnode.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un help}: the same as --help of the command. */
final class HelpCommand implements Command {

  @Override
  public CommandSpec specification() {
    return named("help", "Show how a command is used.")
        .addPositional(Command.parameter(0, "COMMAND", "0..1", "The command; all without it."));
  }

  @Override
  public int run(Invocation call) {
    CommandLine root = call.root();
    String name = call.parameter(0);
    CommandLine asked = name.isEmpty() ? root : root.getSubcommands().get(name);
    if (asked == null) {
      throw call.refused("no such command: " + name);
    }
    asked.usage(call.out());
    return CommandTree.DONE;
  }
}
