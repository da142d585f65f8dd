package org.universalnode.node;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.universalnode.catalog.trust.UnsignedPolicy;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code un serve}: runs a node until it is told to stop. */
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  public static void main(String[] arguments) {
    int status = run(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(String[] arguments) {
    CommandLine command = new CommandLine(specification()).setOverwrittenOptionsAllowed(true);
    try {
      ParseResult parsed = command.parseArgs(arguments);
      if (parsed.isUsageHelpRequested()) {
        command.usage(System.out);
        return 0;
      }
      serve(options(parsed));
      return 0;
    } catch (ParameterException e) {
      System.err.println("un: " + e.getMessage());
      command.usage(System.err);
      return USAGE;
    } catch (ProblemException e) {
      for (Problem problem : e.problems()) {
        System.err.println("un: " + problem.detail());
        if (!problem.nextStep().isEmpty()) {
          System.err.println("  next: " + problem.nextStep());
        }
      }
      return FAILED;
    }
  }

  private static void serve(NodeOptions options) {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Node node = Node.start(options);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.countDown();
                  waitFor(closed);
                }));
    String host = options.listen().getAddress().getHostAddress();
    System.out.println("un: ready at http://" + host + ":" + node.port());
    waitFor(asked);
    node.close();
    closed.countDown();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CommandSpec specification() {
    CommandSpec serve = CommandSpec.create().name("un serve");
    serve.usageMessage().description("Runs a node. Its graphs go on when it is stopped.");
    serve.addOption(help());
    serve.addOption(text("--name", "un", "tells nodes on one machine apart"));
    serve.addOption(text("--listen", "127.0.0.1:8080", "loopback address of the REST API"));
    serve.addOption(text("--state", "/var/lib/universal-node", "folder for all that it keeps"));
    serve.addOption(text("--functions", "functions", "folder of function templates"));
    serve.addOption(text("--switch", "auto", "switch driver: ebpf, openvswitch or auto"));
    serve.addOption(list("--interface", "NAME", "interface of the machine that graphs may use"));
    serve.addOption(
        list(
            "--isolation",
            "[GRAPHS=]RUNG",
            "least isolation of functions: network, jail or user; for some graphs: tenant-1*=user"));
    serve.addOption(
        list("--share", "TEMPLATE", "functions of which one instance serves all graphs"));
    serve.addOption(text("--unsigned", "local", "unsigned archives to take: local, any, none"));
    serve.addOption(text("--publishers", "", "folder of publishers' keys, else in --state"));
    serve.addOption(text("--archive-cache", "512", "room for unpacked archives, in MiB"));
    return serve;
  }

  private static NodeOptions options(ParseResult parsed) {
    return new NodeOptions(
        value(parsed, "--name"),
        address(value(parsed, "--listen")),
        Path.of(value(parsed, "--state")),
        Path.of(value(parsed, "--functions")),
        Set.copyOf(values(parsed, "--interface")),
        value(parsed, "--switch"),
        new RunningPolicy(
            values(parsed, "--isolation").stream().map(RunningPolicy.Demand::parse).toList(),
            Set.copyOf(values(parsed, "--share"))),
        archives(parsed));
  }

  private static List<String> values(ParseResult parsed, String option) {
    return Arrays.stream(parsed.matchedOptionValue(option, new String[0])).distinct().toList();
  }

  private static ArchiveOptions archives(ParseResult parsed) {
    String publishers = value(parsed, "--publishers");
    String room = value(parsed, "--archive-cache");
    return new ArchiveOptions(
        publishers.isEmpty()
            ? ArchiveOptions.publishers(Path.of(value(parsed, "--state")))
            : Path.of(publishers),
        UnsignedPolicy.parse(value(parsed, "--unsigned")),
        room.matches("[0-9]{1,7}") ? Integer.parseInt(room) : 0);
  }

  private static String value(ParseResult parsed, String option) {
    return parsed.commandSpec().findOption(option).getValue();
  }

  private static InetSocketAddress address(String text) {
    URI uri = URI.create("tcp://" + text);
    if (uri.getHost() == null || uri.getPort() < 0) {
      throw Problem.of(Problem.Code.INVALID_DOCUMENT, "\"" + text + "\" is no address to listen on")
          .next("write it like 127.0.0.1:8080")
          .asException();
    }
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  private static OptionSpec text(String name, String fallback, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .defaultValue(fallback)
        .paramLabel("VALUE")
        .description(description + " (default: ${DEFAULT-VALUE})")
        .build();
  }

  private static OptionSpec list(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String[].class)
        .auxiliaryTypes(String.class)
        .splitRegex(",")
        .paramLabel(label)
        .description(description + "; can be repeated")
        .build();
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help").usageHelp(true).description("show this").build();
  }
}
