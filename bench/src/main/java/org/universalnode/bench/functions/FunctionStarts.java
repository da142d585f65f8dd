package org.universalnode.bench.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;

/**
 * Each function's start handler as the node runs it, with limits and isolation, beside the same
 * handler run bare in a namespace; what the function then uses; how large its archive is.
 */
public final class FunctionStarts implements Subject {
  private static final Turns TURNS = new Turns(1, 7);
  private static final double MEBI = 1 << 20;

  private final Path house;

  /**
   * @param house the folder of the sources, built
   */
  public FunctionStarts(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return Example.all(house).stream().flatMap(example -> figures(example).stream()).toList();
  }

  @Override
  public List<Measurement> measure() {
    List<Measurement> all = new ArrayList<>();
    try (Workshop workshop = new Workshop()) {
      for (Example example : Example.all(house)) {
        all.addAll(measured(example, workshop));
      }
    }
    return all;
  }

  private static List<Measurement> measured(Example example, Workshop workshop) {
    Workshop.Instance instance = workshop.unpack(example);
    List<Double> memory = new ArrayList<>();
    List<Samples> starts = TURNS.take(List.of(() -> instance.wrapped(memory), instance::bare));
    List<Figure> figures = figures(example);
    return List.of(
        new Measurement(figures.get(0), starts.get(0)),
        new Measurement(figures.get(1), starts.get(1)),
        new Measurement(figures.get(2), starts.get(0).over(starts.get(1))),
        new Measurement(
            figures.get(3),
            new Samples(memory.subList(memory.size() - TURNS.rounds(), memory.size()))),
        new Measurement(figures.get(4), new Samples(List.of(kilobytes(example.archive())))));
  }

  private static List<Figure> figures(Example example) {
    String name = "function " + example.name();
    return List.of(
        Figure.absolute(name + ", start", "ms"),
        Figure.absolute(name + ", start bare", "ms"),
        Figure.ratio(name + ", start / bare", new Budget.None()),
        Figure.absolute(name + ", memory", "MiB"),
        Figure.absolute(name + ", archive", "kB"));
  }

  private static double kilobytes(Path archive) {
    try {
      return Files.size(archive) / 1000.0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double mebibytes(long bytes) {
    return bytes / MEBI;
  }
}
