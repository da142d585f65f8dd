package org.universalnode.cli;

import java.util.List;
import org.universalnode.problem.ProblemException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One subcommand of {@code un}: what it accepts and what it does. Stateless. */
interface Command {
  String IF_MATCH = "--if-match";
  String WATCH = "--watch";

  /** Name, description and parameters; a new one every time. */
  CommandSpec specification();

  /**
   * Does the work and prints the result.
   *
   * @return the exit status; one of the constants of {@link CommandTree}
   * @throws ProblemException for what stopped the whole work, to be reported by the caller
   */
  int run(Invocation call);

  /** Commands below this one, which is then only their name. */
  default List<Command> subcommands() {
    return List.of();
  }

  /** The specification of this command, still without parameters. */
  default CommandSpec named(String name, String... description) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name(name);
    spec.usageMessage().description(description);
    return spec;
  }

  /** The graph that the command is about, if it is there already. */
  static OptionSpec graphId(String description) {
    return OptionSpec.builder("--id")
        .type(String.class)
        .paramLabel("ID")
        .description(description)
        .build();
  }

  /** That a graph has to be the one that the caller has seen. */
  static OptionSpec ifMatch() {
    return OptionSpec.builder(IF_MATCH)
        .type(String.class)
        .paramLabel("ETAG")
        .description("Only if that is still its tag, as un show --etag tells it; * for any.")
        .build();
  }

  /** That the steps are to be shown while they are made. */
  static OptionSpec watch() {
    return OptionSpec.builder(WATCH)
        .type(boolean.class)
        .description("Show each step as it is made, on the standard error.")
        .build();
  }

  /** The document of a graph. */
  static PositionalParamSpec graphFile() {
    return parameter(0, "FILE", "1", "The graph's JSON file, or - for standard input.");
  }

  /** The parameter at {@code index}; {@code arity} is "1", "0..1" or, for the last, "1..*". */
  static PositionalParamSpec parameter(int index, String label, String arity, String description) {
    boolean repeated = arity.endsWith("*");
    return PositionalParamSpec.builder()
        .index(repeated ? index + "..*" : Integer.toString(index))
        .paramLabel(label)
        .arity(arity)
        .required(!arity.startsWith("0"))
        .type(repeated ? String[].class : String.class)
        .description(description)
        .build();
  }
}
