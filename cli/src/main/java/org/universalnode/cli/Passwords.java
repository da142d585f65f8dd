package org.universalnode.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Asks for passwords: never on the command line, where others of the machine see them. */
final class Passwords {
  private Passwords() {}

  /** One that is there already. */
  static String ask(Invocation call, String prompt) {
    String password = call.prompt().isThere() ? call.prompt().ask(prompt) : line(call);
    if (password.isEmpty()) {
      throw Problem.of(Code.INVALID_DOCUMENT, "no password was given")
          .next("type it, or write it into the first line of the standard input")
          .asException();
    }
    return password;
  }

  /** A new one: a person types it twice. */
  static String choose(Invocation call, String prompt) {
    String password = ask(call, prompt);
    if (call.prompt().isThere() && !password.equals(call.prompt().ask("The same again: "))) {
      throw Problem.of(Code.INVALID_DOCUMENT, "the two passwords are not the same")
          .next("try again")
          .asException();
    }
    return password;
  }

  private static String line(Invocation call) {
    try {
      // Not closed, as the rest of the input is somebody else's.
      BufferedReader in =
          new BufferedReader(new InputStreamReader(call.in(), StandardCharsets.UTF_8));
      return Objects.requireNonNullElse(in.readLine(), "");
    } catch (IOException e) {
      Problem problem =
          Problem.of(Code.KERNEL, "cannot read the standard input: " + e)
              .next("write the password into its first line");
      throw new ProblemException(List.of(problem), e);
    }
  }
}
