package org.universalnode.cli;

import java.util.List;
import java.util.Objects;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Arguments that make no sense, told like every other problem. */
final class UsageProblem {
  private UsageProblem() {}

  static Problem of(ParameterException refused) {
    String why = Objects.requireNonNullElse(refused.getMessage(), "wrong usage");
    return Problem.of(Code.INVALID_DOCUMENT, why).next(nextStep(refused));
  }

  private static String nextStep(ParameterException refused) {
    if (refused instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        return "did you mean: " + String.join(" or ", suggestions) + "?";
      }
    }
    CommandSpec spec = refused.getCommandLine().getCommandSpec();
    return "see: " + spec.qualifiedName() + " --help";
  }
}
