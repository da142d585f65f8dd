package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un login}: the node knows whoever calls from now on. */
final class LoginCommand implements Command {
  private static final String PRINT = "--print-token";
  private static final int WRONG = 401;

  @Override
  public CommandSpec specification() {
    return named(
            "login",
            "Log in to a node; the next calls to its URL are made as that user.",
            "The password is typed, or the first line of the standard input.")
        .addPositional(Command.parameter(0, "USER", "1", "The user's name."))
        .addOption(
            OptionSpec.builder(PRINT)
                .type(boolean.class)
                .description("Print the token, for UN_TOKEN, instead of keeping it.")
                .build());
  }

  @Override
  public int run(Invocation call) {
    String user = call.parameter(0);
    NodeClient.requireSecrecy(call.url());
    String token = token(call, user);
    if (call.flag(PRINT)) {
      call.out().println(token);
      return CommandTree.DONE;
    }
    call.tokens().keep(call.url(), token);
    call.out().print(call.json() ? "{}\n" : "logged in as " + Printable.line(user) + "\n");
    return CommandTree.DONE;
  }

  private static String token(Invocation call, String user) {
    JsonObject login = new JsonObject();
    login.addProperty("username", user);
    login.addProperty("password", Passwords.ask(call, "Password of " + user + ": "));
    byte[] body = JsonText.compact(login).getBytes(StandardCharsets.UTF_8);
    try {
      return call.stranger().post(ResourcePath.LOGIN, body).body().strip();
    } catch (Refusal e) {
      if (e.status() != WRONG) {
        throw e;
      }
      // The JDK keeps the body of this answer to itself, see ErrorReply.
      throw Problem.of(Code.UNAUTHENTICATED, "user and password don't go together")
          .next("try again, or ask an administrator for another password")
          .asException();
    }
  }
}
