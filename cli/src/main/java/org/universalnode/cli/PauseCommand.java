package org.universalnode.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code un pause} and {@code un resume}: one function stands still, or goes on. */
final class PauseCommand implements Command {
  static final Command PAUSE =
      new PauseCommand("pause", "Stop a function where it is; no frame passes it.", " paused\n");
  static final Command RESUME =
      new PauseCommand("resume", "Let a paused function go on.", " runs again\n");

  private static final byte[] NO_BODY = {};

  private final String verb;
  private final String description;
  private final String done;

  private PauseCommand(String verb, String description, String done) {
    this.verb = verb;
    this.description = description;
    this.done = done;
  }

  @Override
  public CommandSpec specification() {
    return named(verb, description)
        .addPositional(Command.parameter(0, "GRAPH", "1", "The graph's id."))
        .addPositional(Command.parameter(1, "FUNCTION", "1", "The function's id."));
  }

  @Override
  public int run(Invocation call) {
    String function = call.parameter(1);
    call.node().post(ResourcePath.function(call.parameter(0), function) + "/" + verb, NO_BODY);
    call.out().print(call.json() ? "{}\n" : Printable.line(function) + done);
    return CommandTree.DONE;
  }
}
