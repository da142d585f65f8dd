package org.universalnode.node;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.universalnode.node.config.Configuration;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import picocli.CommandLine;
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
    CommandLine command = ServeCommand.commandLine();
    try {
      ParseResult parsed = command.parseArgs(arguments);
      if (parsed.isUsageHelpRequested()) {
        command.usage(System.out);
        return 0;
      }
      Configuration said = Configuration.read(ServeCommand.sources(parsed, System.getenv()));
      if (ServeCommand.isCheck(parsed)) {
        return check(said, ServeCommand.isForPrograms(parsed));
      }
      serve(ConfiguredOptions.of(said.orThrow()));
      return 0;
    } catch (ParameterException e) {
      System.err.println("un: " + e.getMessage());
      command.usage(System.err);
      return USAGE;
    } catch (ProblemException e) {
      tell(e.problems());
      return FAILED;
    }
  }

  private static int check(Configuration said, boolean forPrograms) {
    CheckReport report = new CheckReport(said, Usability.problems(said));
    System.out.print(forPrograms ? report.json() : report.text());
    if (!forPrograms) {
      tell(report.problems());
    }
    return report.problems().isEmpty() ? 0 : FAILED;
  }

  private static void tell(List<Problem> problems) {
    for (Problem problem : problems) {
      System.err.println("un: " + problem.detail());
      if (!problem.nextStep().isEmpty()) {
        System.err.println("  next: " + problem.nextStep());
      }
    }
  }

  private static void serve(NodeOptions options) {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Supervisor supervisor = Supervisor.of(System.getenv());
    supervisor.tell("STATUS=Taking over graphs.");
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
    node.securePort().ifPresent(port -> System.out.println("un: with TLS at port " + port));
    supervisor.tell("READY=1\nSTATUS=Ready at http://" + host + ":" + node.port());
    waitFor(asked);
    supervisor.tell("STOPPING=1\nSTATUS=Stopping; graphs go on.");
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
}
