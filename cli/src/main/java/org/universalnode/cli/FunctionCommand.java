package org.universalnode.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un function}: what publishers and operators do with archives; needs no node. */
final class FunctionCommand implements Command {

  @Override
  public CommandSpec specification() {
    return named("function", "Make keys, sign archives of functions and verify them.");
  }

  @Override
  public List<Command> subcommands() {
    return List.of(new KeygenCommand(), new SignCommand(), new VerifyCommand());
  }

  @Override
  public int run(Invocation call) {
    throw call.refused("function needs one of: keygen, sign, verify");
  }
}
