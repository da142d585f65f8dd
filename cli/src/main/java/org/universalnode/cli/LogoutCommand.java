package org.universalnode.cli;

import java.util.Map;
import org.universalnode.problem.Problem.Code;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un logout}: the token that was kept holds no longer, and is forgotten. */
final class LogoutCommand implements Command {

  @Override
  public CommandSpec specification() {
    return named("logout", "End what un login began.");
  }

  @Override
  public int run(Invocation call) {
    if (call.tokens().find(call.url()).isEmpty()) {
      call.out().print(call.json() ? "{}\n" : "not logged in\n");
      return CommandTree.DONE;
    }
    try {
      call.node().delete(ResourcePath.LOGIN, Map.of());
    } catch (Refusal e) {
      if (e.first().code() != Code.UNAUTHENTICATED) { // else it was over before
        throw e;
      }
    }
    call.tokens().forget(call.url());
    call.out().print(call.json() ? "{}\n" : "logged out\n");
    return CommandTree.DONE;
  }
}
