package org.universalnode.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.problem.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One call of a command: its arguments, the node it talks to, and where its output goes. */
final class Invocation {
  static final String DEFAULT_URL = "http://127.0.0.1:8080";

  private static final List<String> NONE = List.of();
  private static final String LABEL = "a parameter";

  private final ParseResult root;
  private final ParseResult command;
  private final Terminal terminal;
  private final Map<String, String> environment;

  Invocation(
      ParseResult root, ParseResult command, Terminal terminal, Map<String, String> environment) {
    this.root = root;
    this.command = command;
    this.terminal = terminal;
    this.environment = environment;
  }

  /** The node at --url, else UN_URL, else {@link #DEFAULT_URL}. */
  NodeClient node() {
    String named = option("--url", environment.getOrDefault("UN_URL", ""));
    String url = named.isEmpty() ? DEFAULT_URL : named;
    if (!NodeClient.accepts(url)) {
      throw refused("not the http or https URL of a node: " + url);
    }
    return NodeClient.at(url);
  }

  /** Whether the output is for a program. */
  boolean json() {
    return command.hasMatchedOption("--json") || root.hasMatchedOption("--json");
  }

  /** Whether a command's own option without a value was given. */
  boolean flag(String name) {
    return command.hasMatchedOption(name);
  }

  /** The value of a command's own option that is a number. */
  Optional<Integer> number(String name) {
    return Optional.ofNullable(command.<Integer>matchedOptionValue(name, null));
  }

  /** What a change is to depend on, as the headers of its request (RFC 9110, section 13.1.1). */
  Map<String, String> precondition() {
    String tag = option(Command.IF_MATCH, "");
    boolean bare = !tag.equals("*") && !tag.contains("\"");
    return tag.isEmpty() ? Map.of() : Map.of("If-Match", bare ? '"' + tag + '"' : tag);
  }

  /** The value of an option, wherever it stood on the command line. */
  String option(String name, String otherwise) {
    boolean given = command.hasMatchedOption(name) || root.hasMatchedOption(name);
    String inherited = root.matchedOptionValue(name, otherwise);
    return named(command.matchedOptionValue(name, inherited), given, name);
  }

  /** The parameter at {@code index}, or "" if it was not given. */
  String parameter(int index) {
    boolean given = command.hasMatchedPositional(index);
    return named(command.matchedPositionalValue(index, ""), given, LABEL);
  }

  /** All values of a parameter that may be repeated and is the only one. */
  List<String> parameters() {
    List<String> values = command.hasMatchedPositional(0) ? given() : NONE;
    for (String value : values) {
      named(value, true, LABEL);
    }
    return values;
  }

  /** All values of a parameter that may be repeated and comes after others. */
  List<String> parametersFrom(int index) {
    return command.hasMatchedPositional(index)
        ? List.of(command.matchedPositional(index).<String[]>getValue())
        : NONE;
  }

  /** The whole command, {@code un} itself. */
  CommandLine root() {
    return root.commandSpec().commandLine();
  }

  InputStream in() {
    return terminal.in();
  }

  PrintStream out() {
    return terminal.out();
  }

  PrintStream err() {
    return terminal.err();
  }

  boolean interactive() {
    return terminal.interactive();
  }

  Paint paint() {
    return Paint.of(terminal, environment);
  }

  /** Reports a problem that does not stop the rest of the work. */
  void report(ProblemException problem) {
    new ProblemReport(terminal).print(problem.problems());
  }

  /** Arguments that make no sense; throw it. */
  ParameterException refused(String why) {
    return new ParameterException(command.commandSpec().commandLine(), why);
  }

  private List<String> given() {
    return List.of(command.matchedPositional(0).<String[]>getValue());
  }

  /** An empty value is a script's unset variable; it must never reach a path or choose a verb. */
  private String named(String value, boolean given, String what) {
    if (given && value.isBlank()) {
      throw refused(what + " is empty");
    }
    return value;
  }
}
