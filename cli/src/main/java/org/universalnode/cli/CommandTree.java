package org.universalnode.cli;

import java.util.List;
import java.util.Map;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** {@code un} and its subcommands: reads the arguments, runs the command, reports its problems. */
final class CommandTree {
  /** Exit status: everything that was asked for is done. */
  static final int DONE = 0;

  /** Exit status: the node, the network or a file stood in the way. */
  static final int FAILED = 1;

  /** Exit status: the arguments make no sense. */
  static final int USAGE = 2;

  private static final List<Command> COMMANDS =
      List.of(
          new ServeCommand(),
          new ValidateCommand(),
          new FormatCommand(),
          new PlanCommand(),
          new ApplyCommand(),
          new ListCommand(),
          new ShowCommand(),
          new StatusCommand(),
          new TraceCommand(),
          new CountersCommand(),
          new DeleteCommand(),
          new FunctionsCommand(),
          new CapabilitiesCommand(),
          new FunctionCommand(),
          new LogsCommand(),
          new EventsCommand(),
          new ExecCommand(),
          PauseCommand.PAUSE,
          PauseCommand.RESUME,
          new LoginCommand(),
          new LogoutCommand(),
          new UserCommand(),
          new GroupCommand(),
          new AuditCommand(),
          new HelpCommand());

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final ProblemReport report;

  CommandTree(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = Map.copyOf(environment);
    this.report = new ProblemReport(terminal);
  }

  /** Runs one command line; returns its exit status and leaves nothing unwritten. */
  int run(String... arguments) {
    int status = attempt(arguments);
    terminal.err().flush();
    if (terminal.out().checkError()) {
      Problem problem =
          Problem.of(Code.KERNEL, "cannot write the output")
              .next("check that the disk has room, or that the pipe is still read");
      report.print(List.of(problem));
      return FAILED;
    }
    return status;
  }

  private int attempt(String... arguments) {
    try {
      return perform(root().parseArgs(arguments));
    } catch (ParameterException e) {
      report.print(List.of(UsageProblem.of(e)));
      return USAGE;
    } catch (ProblemException e) {
      report.print(e.problems());
      return FAILED;
    }
  }

  private int perform(ParseResult parsed) {
    ParseResult asked = parsed;
    while (asked.hasSubcommand()) {
      asked = asked.subcommand();
    }
    CommandLine line = asked.commandSpec().commandLine();
    if (asked.isUsageHelpRequested()) {
      line.usage(terminal.out());
      return DONE;
    }
    if (asked.isVersionHelpRequested()) {
      line.printVersionHelp(terminal.out());
      return DONE;
    }
    if (!parsed.hasSubcommand()) {
      line.usage(terminal.err());
      return USAGE;
    }
    Command command = (Command) asked.commandSpec().userObject();
    return command.run(new Invocation(parsed, asked, terminal, environment));
  }

  private CommandLine root() {
    CommandSpec spec = CommandSpec.create().name("un").versionProvider(new Version());
    spec.usageMessage()
        .description("Drives a universal node: applies service graphs and shows what runs.")
        .commandListHeading("%nCommands:%n")
        .footer(
            "",
            "The node's address is --url, else UN_URL, else " + Invocation.DEFAULT_URL + ".",
            "Who you are to it: UN_TOKEN, else what un login kept; root on the node needs neither.",
            "Exit status: 0 done, 1 failed, 2 wrong usage.");
    spec.addOption(help())
        .addOption(version())
        .addOption(json())
        .addOption(url())
        .addOption(authorities());
    add(COMMANDS, spec);
    return new CommandLine(spec)
        .setExpandAtFiles(false) // an id or a file may begin with an @
        .setColorScheme(Help.defaultColorScheme(paint().on() ? Ansi.ON : Ansi.OFF));
  }

  private static void add(List<Command> commands, CommandSpec above) {
    for (Command command : commands) {
      CommandSpec spec = command.specification().addOption(help());
      add(command.subcommands(), spec);
      above.addSubcommand(spec.name(), new CommandLine(spec));
    }
  }

  private Paint paint() {
    return Paint.of(terminal, environment);
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help.")
        .build();
  }

  private static OptionSpec version() {
    return OptionSpec.builder("--version")
        .versionHelp(true)
        .description("Show the version.")
        .build();
  }

  private static OptionSpec json() {
    return OptionSpec.builder("--json")
        .type(boolean.class)
        .scopeType(ScopeType.INHERIT)
        .description("Print JSON, for programs.")
        .build();
  }

  private static OptionSpec url() {
    return OptionSpec.builder("--url")
        .type(String.class)
        .scopeType(ScopeType.INHERIT)
        .paramLabel("URL")
        .description("The node's address.")
        .build();
  }

  private static OptionSpec authorities() {
    return OptionSpec.builder(Invocation.AUTHORITIES)
        .type(String.class)
        .scopeType(ScopeType.INHERIT)
        .paramLabel("FILE")
        .description("Certificates (PEM) to trust for https, else UN_CA, else the system's.")
        .build();
  }
}
