package org.universalnode.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code un audit}: in the help only, as {@link ServeCommand}. */
final class AuditCommand implements Command {

  @Override
  public CommandSpec specification() {
    CommandSpec spec = named("audit", "Look whether the audit log of a node here was changed.");
    spec.parser().unmatchedArgumentsAllowed(true); // they are the node's module's
    return spec;
  }

  @Override
  public int run(Invocation call) {
    return ServeCommand.refuse(call, "audit");
  }
}
