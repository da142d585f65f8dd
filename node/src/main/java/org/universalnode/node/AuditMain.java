package org.universalnode.node;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.nio.file.Path;
import org.universalnode.node.config.Setting;
import org.universalnode.node.security.AuditReport;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code un audit verify}: whether the audit log is what the node wrote. Needs no node. */
public final class AuditMain {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String VERIFY = "verify";
  private static final String STATE = Setting.STATE.option();
  private static final String CONTAINS = "--contains";
  private static final String JSON = "--json";

  private AuditMain() {}

  public static void main(String[] arguments) {
    int status = run(arguments, System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    CommandLine command = commandLine();
    try {
      ParseResult parsed = command.parseArgs(arguments);
      if (parsed.isUsageHelpRequested() || !parsed.hasSubcommand()) {
        command.usage(parsed.isUsageHelpRequested() ? out : err);
        return parsed.isUsageHelpRequested() ? 0 : USAGE;
      }
      return verify(parsed.subcommand(), out);
    } catch (ParameterException e) {
      err.println("un: " + e.getMessage());
      return USAGE;
    } catch (ProblemException e) {
      for (Problem problem : e.problems()) {
        err.println("un: " + problem.detail() + "\n  next: " + problem.nextStep());
      }
      return FAILED;
    }
  }

  private static int verify(ParseResult parsed, PrintStream out) {
    String state = parsed.matchedOptionValue(STATE, usualState());
    String wanted = parsed.matchedOptionValue(CONTAINS, "");
    AuditReport report = AuditReport.of(Path.of(state), wanted);
    boolean whole = report.breaks().isEmpty();
    boolean found = wanted.isEmpty() || report.containsWanted();
    out.print(parsed.hasMatchedOption(JSON) ? json(report, found) : text(report, found));
    return whole && found ? 0 : FAILED;
  }

  private static String usualState() {
    String said = System.getenv().getOrDefault(Setting.STATE.variable(), "");
    return said.isBlank() ? Setting.STATE.fallback() : said;
  }

  private static String text(AuditReport report, boolean found) {
    StringBuilder text = new StringBuilder();
    for (String place : report.breaks()) {
      text.append("changed   what comes before %s is not what was written%n".formatted(place));
    }
    if (!found) {
      text.append("missing   no line has the hash that was asked for%n".formatted());
    }
    text.append("lines     %d%n".formatted(report.lines()));
    text.append("last      %s%n".formatted(report.head()));
    text.append("verdict   %s%n".formatted(verdict(report, found)));
    return text.toString();
  }

  private static String verdict(AuditReport report, boolean found) {
    return report.breaks().isEmpty() && found ? "each line follows from the one before" : "broken";
  }

  private static String json(AuditReport report, boolean found) {
    JsonArray breaks = new JsonArray();
    report.breaks().forEach(breaks::add);
    JsonObject object = new JsonObject();
    object.addProperty("lines", report.lines());
    object.addProperty("last", report.head());
    object.add("breaks", breaks);
    object.addProperty("whole", report.breaks().isEmpty() && found);
    return new GsonBuilder().setPrettyPrinting().create().toJson(object) + "\n";
  }

  private static CommandLine commandLine() {
    CommandSpec audit = CommandSpec.create().name("un audit").addOption(help());
    audit.usageMessage().description("Looks after the audit log of a node on this machine.");
    CommandSpec verify = CommandSpec.create().name(VERIFY).addOption(help());
    verify
        .usageMessage()
        .description("Says whether each line follows from the one before. Status 1 if not.");
    verify.addOption(
        option(STATE, "DIR", "the node's folder of state (default: UN_STATE, else the usual one)"));
    verify.addOption(
        option(CONTAINS, "HASH", "what this printed before as last: that line has to be there"));
    verify.addOption(
        OptionSpec.builder(JSON).type(boolean.class).description("for programs").build());
    audit.addSubcommand(VERIFY, new CommandLine(verify));
    return new CommandLine(audit);
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help").usageHelp(true).description("show this").build();
  }
}
