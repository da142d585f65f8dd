package org.universalnode.cli;

import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un serve}: in the help only. The launcher {@code un} starts the node's own module. */
final class ServeCommand implements Command {

  @Override
  public CommandSpec specification() {
    CommandSpec spec = named("serve", "Start the node; it runs until it is told to stop.");
    spec.parser().unmatchedArgumentsAllowed(true); // they are the node's
    return spec;
  }

  @Override
  public int run(Invocation call) {
    return refuse(call, "serve");
  }

  /** What the node's module does is not done here. */
  static int refuse(Invocation call, String command) {
    Problem problem =
        Problem.of(Code.UNSUPPORTED, command + " is started by the launcher, not by this program")
            .next("run the launcher: un " + command);
    call.report(problem.asException());
    return CommandTree.USAGE;
  }
}
