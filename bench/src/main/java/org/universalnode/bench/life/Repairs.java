package org.universalnode.bench.life;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.bench.traffic.SteadyStream;

/**
 * Somebody takes away what the node has made. How long it does not work is the longest silence at
 * the far end of a steady stream; of a process, which no packet needs, the time until it is there
 * again.
 */
public final class Repairs implements Subject {
  private static final int ROUNDS = 20;
  private static final double P99 = 0.99;
  private static final String GRAPH = "drift";
  private static final long PATIENCE = 20_000;
  private static final Duration LOSS = Duration.ofSeconds(10);

  /** Much longer than until the node knows of it. */
  private static final Duration NOTICED = Duration.ofMillis(600);

  private static final Duration LOOK = Duration.ofMillis(1);

  private final Path house;

  /**
   * Measures repairs.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public Repairs(Path house) {
    this.house = house;
  }

  /** What is taken away. */
  private enum Loss {
    PORT("a port deleted"),
    PROGRAM("a program detached"),
    NAMESPACE("a namespace's name deleted"),
    PROCESS("a function's process killed");

    private final String words;

    Loss(String words) {
      this.words = words;
    }

    Figure median() {
      return Figure.absolute("drift, " + words, "ms");
    }

    Figure p99() {
      return Figure.absolute("drift, " + words + ", p99", "ms", new Budget.AtMost(1_000));
    }
  }

  @Override
  public List<Figure> figures() {
    return Stream.of(Loss.values()).flatMap(loss -> Stream.of(loss.median(), loss.p99())).toList();
  }

  @Override
  public List<Measurement> measure() {
    List<Measurement> all = new ArrayList<>();
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      Place place = new Place(lab, plugged, lab.node(plugged));
      for (Loss loss : Loss.values()) {
        Samples times = new Samples(Stream.generate(() -> place.lose(loss)).limit(ROUNDS).toList());
        all.add(new Measurement(loss.median(), times));
        all.add(new Measurement(loss.p99(), Samples.once(times.quantile(P99))));
      }
    }
    return all;
  }

  private record Place(Lab lab, Plugged plugged, NodeProcess node) {

    /** A new graph each time: what fails too often is left alone for a while. */
    double lose(Loss loss) {
      Interrupted.check();
      node.put(GRAPH, loss == Loss.PROCESS ? server() : GraphDocument.chain(plugged).toString());
      try {
        return switch (loss) {
          case PORT -> silence("ip", "link", "delete", portInterface());
          case PROGRAM -> silence("tc", "qdisc", "delete", "dev", plugged.lan(), "clsact");
          case NAMESPACE -> silence("ip", "netns", "delete", function().namespace());
          case PROCESS -> killed();
        };
      } finally {
        node.delete(GRAPH);
      }
    }

    /** A bridge has no process; this one has. */
    private String server() {
      return GraphDocument.between(plugged)
          .function(
              """
              {"id":"f","functional-capability":"dhcp",
               "ports":[{"id":"lan:0","unify-ip":"10.9.0.1/24"}],
               "configuration":{"range":{"first":"10.9.0.100","last":"10.9.0.199"}}}""")
          .join("endpoint:lan", "vnf:f:lan:0")
          .toString();
    }

    /** The command may fail: the node repairs while it still works. */
    private double silence(String... command) {
      try (SteadyStream stream = SteadyStream.between(plugged.ends())) {
        lab.programs().start(Optional.empty(), command).ended(LOSS);
        LockSupport.parkNanos(NOTICED.toNanos());
        node.awaitActive(GRAPH);
        stream.awaitPacket();
        return stream.longestSilence().toNanos() / 1e6;
      }
    }

    private double killed() {
      await(() -> !function().processes().isEmpty(), System.nanoTime());
      List<Integer> before = function().processes();
      long begin = System.nanoTime();
      before.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      await(
          () -> {
            List<Integer> now = function().processes();
            return !now.isEmpty() && now.stream().noneMatch(before::contains);
          },
          begin);
      return Times.since(begin);
    }

    private static void await(BooleanSupplier condition, long begin) {
      while (!condition.getAsBoolean()) {
        if (Times.since(begin) > PATIENCE) {
          throw new IllegalStateException("what was taken away does not come back");
        }
        Interrupted.check();
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }

    private RunningFunction function() {
      return RunningFunction.of(node.status(GRAPH)).getFirst();
    }

    private String portInterface() {
      JsonObject function = node.status(GRAPH).getAsJsonArray("functions").get(0).getAsJsonObject();
      return function
          .getAsJsonArray("ports")
          .get(0)
          .getAsJsonObject()
          .get("switch-interface")
          .getAsString();
    }
  }
}
