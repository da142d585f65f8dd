package org.universalnode.bench.northbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeOwn;

/** From the moment something is unplugged until a webhook has the description that says so. */
public final class CapabilityChanges implements Subject {
  private static final int ROUNDS = 20;
  private static final double P99 = 0.99;
  private static final double NANOS_OF_MILLI = 1e6;
  private static final long SEED = 9;

  /** After it the node has told all that came of a change. */
  private static final int SHORTEST_PAUSE_MILLIS = 600;

  /** The node looks at some things at intervals, and rounds must not keep step with it. */
  private static final int LONGEST_PAUSE_MILLIS = 1_100;

  private final Path house;

  /**
   * Measures nodes.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public CapabilityChanges(Path house) {
    this.house = house;
  }

  /** What is unplugged. */
  private enum Thing {
    TOOL("an executable removed"),
    CORE("a core taken"),
    MEMORY("memory filled");

    private final String words;

    Thing(String words) {
      this.words = words;
    }

    Plug plug(Lab lab) {
      return switch (this) {
        case TOOL -> new ToolPlug(lab.folder());
        case CORE -> new CorePlug(lab.programs(), lab.folder());
        case MEMORY -> new MemoryPlug();
      };
    }

    Figure median() {
      return Figure.absolute("capabilities, " + words, "ms", new Budget.AtMost(1_000));
    }

    Figure p99() {
      return Figure.absolute("capabilities, " + words + ", p99", "ms", new Budget.AtMost(1_000));
    }
  }

  @Override
  public List<Figure> figures() {
    List<Figure> all = new ArrayList<>();
    for (Thing thing : Thing.values()) {
      all.add(thing.median());
      all.add(thing.p99());
    }
    return all;
  }

  @Override
  public List<Measurement> measure() {
    List<Measurement> all = new ArrayList<>();
    for (Thing thing : Thing.values()) {
      Samples times = times(thing);
      all.add(new Measurement(thing.median(), times));
      all.add(new Measurement(thing.p99(), Samples.once(times.quantile(P99))));
    }
    return all;
  }

  private Samples times(Thing thing) {
    try (Lab lab = Lab.open(house);
        Receiver receiver = Receiver.open();
        Plug plug = thing.plug(lab)) {
      lab.node(own(plug, lab, receiver), lab.plugged());
      Random random = new Random(SEED);
      receiver.next(first -> plug.reading(first) > 0);
      List<Double> times = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        pause(random);
        long plugged = plug.reading(receiver.latest());
        long begin = System.nanoTime();
        plug.unplug();
        long told = receiver.next(now -> plug.reading(now) <= plugged - plug.step()).nanos();
        times.add((told - begin) / NANOS_OF_MILLI);
        pause(random);
        long unplugged = plug.reading(receiver.latest());
        plug.replug();
        receiver.next(now -> plug.reading(now) >= unplugged + plug.step());
      }
      return new Samples(times);
    }
  }

  private static NodeOwn own(Plug plug, Lab lab, Receiver receiver) {
    Path configuration = lab.folder().resolve("node.toml");
    try {
      Files.writeString(configuration, receiver.upstream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> options = new ArrayList<>(plug.options());
    options.add("--config=" + configuration);
    return new NodeOwn(plug.launcher(), options);
  }

  private static void pause(Random random) {
    LockSupport.parkNanos(
        TimeUnit.MILLISECONDS.toNanos(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS)));
    Interrupted.check();
  }
}
