package org.universalnode.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One call of a command: its arguments, the node it talks to, and where its output goes. */
final class Invocation {
  static final String DEFAULT_URL = "http://127.0.0.1:8080";

  static final String AUTHORITIES = "--ca";

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

  /** The node, which knows the caller by what {@code un login} kept or UN_TOKEN says. */
  NodeClient node() {
    return NodeClient.at(url(), new Credentials(token(), authorities()));
  }

  /** The node, which does not know who calls. */
  NodeClient stranger() {
    return NodeClient.at(url(), new Credentials(Optional.empty(), authorities()));
  }

  /** That of --url, else UN_URL, else {@link #DEFAULT_URL}; without a slash at its end. */
  String url() {
    String named = option("--url", environment.getOrDefault("UN_URL", ""));
    String url = named.isEmpty() ? DEFAULT_URL : named;
    if (!NodeClient.accepts(url)) {
      throw refused("not the http or https URL of a node: " + url);
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Where tokens are kept.
   *
   * @throws ProblemException if the caller has no home
   */
  TokenFile tokens() {
    return TokenFile.of(environment)
        .orElseThrow(
            () ->
                Problem.of(Code.UNSUPPORTED, "there is no place for a token: HOME is not set")
                    .next("set HOME or XDG_CONFIG_HOME, or use un login --print-token")
                    .asException());
  }

  private Optional<String> token() {
    String said = environment.getOrDefault("UN_TOKEN", "");
    return said.isBlank()
        ? TokenFile.of(environment).flatMap(file -> file.find(url()))
        : Optional.of(said.strip());
  }

  private Optional<Path> authorities() {
    String named = option(AUTHORITIES, environment.getOrDefault("UN_CA", ""));
    return named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
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

  Prompt prompt() {
    return terminal.prompt();
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
