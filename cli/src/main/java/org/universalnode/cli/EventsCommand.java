package org.universalnode.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un events}: what happens in the node, while it happens. */
final class EventsCommand implements Command {
  private static final String AFTER = "--after";
  private static final String GRAPH = "--graph";
  private static final int MOST_TRIES = 30;
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  @Override
  public CommandSpec specification() {
    return named("events", "Follow what happens in the node, until interrupted.")
        .addOption(text(GRAPH, "ID", "Only what happens to this graph."))
        .addOption(text(AFTER, "N", "Begin after event N; 0 for all that the node still has."));
  }

  /** A node that is started again is followed again, from where it was left. */
  @Override
  public int run(Invocation call) {
    OptionalLong known = after(call);
    String graph = call.option(GRAPH, "");
    EventSource source = call.node().events(graph, known);
    while (true) {
      try (EventSource open = source) {
        while (!call.out().checkError()) {
          open.next().ifPresent(event -> call.out().print(EventLine.of(event, call)));
        }
        return CommandTree.DONE; // nobody reads it any more
      } catch (IOException e) {
        known = source.seen().isPresent() ? source.seen() : known;
        source = again(call, graph, known, e);
      }
    }
  }

  private static EventSource again(
      Invocation call, String graph, OptionalLong known, IOException cause) {
    for (int i = 0; i < MOST_TRIES && pause(); i++) {
      try {
        return call.node().events(graph, known);
      } catch (ProblemException e) {
        cause.addSuppressed(e); // it may be on its way up
      }
    }
    String next = known.isPresent() ? "un events --after " + known.getAsLong() : "un events";
    Problem problem =
        Problem.of(Code.TIMEOUT, "the node is gone: " + cause.getMessage())
            .next("when it runs again, go on with: " + next);
    throw new ProblemException(List.of(problem), cause);
  }

  private static OptionalLong after(Invocation call) {
    String number = call.option(AFTER, "");
    if (number.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!number.matches("[0-9]{1,18}")) {
      throw call.refused("--after is no event's number: " + number);
    }
    return OptionalLong.of(Long.parseLong(number));
  }

  /** False if whoever runs this wants it to end. */
  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static OptionSpec text(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }
}
