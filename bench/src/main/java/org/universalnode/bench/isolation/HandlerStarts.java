package org.universalnode.bench.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Probe;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.linux.Keeper;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * From the wish that a handler which does nothing runs to its end, at each rung of isolation; the
 * first of an instance starts its keeper too. Other sandboxes where they are installed.
 */
public final class HandlerStarts implements Subject {
  private static final Turns TURNS = new Turns(3, 25);
  private static final List<String> TRUE = List.of("/usr/bin/true");
  private static final String UNIT = "ms";

  private record Row(Figure figure, Probe probe) {}

  private final List<OtherSandbox> others =
      OtherSandbox.ALL.stream().filter(OtherSandbox::isInstalled).toList();

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (String where :
        List.of("without isolation", "at network", "next in jail", "next in user")) {
      figures.add(figure(where));
    }
    figures.add(figure("first in jail"));
    figures.add(figure("first in user"));
    others.forEach(other -> figures.add(figure("by " + other.name())));
    return figures;
  }

  @Override
  public List<Measurement> measure() {
    String missing = Keeper.missing(true);
    if (!missing.isEmpty()) {
      throw Problem.of(Code.UNSUPPORTED, missing).next("use another kernel").asException();
    }
    String name = "unbench" + ProcessHandle.current().pid();
    try (Place network = new Place(name + "n", false);
        Place jail = new Place(name + "j", false);
        Place user = new Place(name + "u", true);
        Place firstJail = new Place(name + "f", false);
        Place firstUser = new Place(name + "g", true);
        Keeper jailKeeper = jail.startKeeper();
        Keeper userKeeper = user.startKeeper()) {
      List<Row> rows = new ArrayList<>();
      rows.add(row("without isolation", () -> network.runBare(TRUE)));
      rows.add(row("at network", () -> network.run(Optional.empty(), TRUE)));
      rows.add(row("next in jail", () -> jail.run(Optional.of(jailKeeper), TRUE)));
      rows.add(row("next in user", () -> user.run(Optional.of(userKeeper), TRUE)));
      rows.add(new Row(figure("first in jail"), first(firstJail)));
      rows.add(new Row(figure("first in user"), first(firstUser)));
      for (OtherSandbox other : others) {
        List<String> command = other.command().apply(network);
        rows.add(row("by " + other.name(), () -> network.run(Optional.empty(), command)));
      }
      return measured(rows);
    }
  }

  /** The keeper's end is not part of it. */
  private static Probe first(Place place) {
    return () -> {
      long begin = System.nanoTime();
      try (Keeper keeper = place.startKeeper()) {
        place.run(Optional.of(keeper), TRUE);
        long end = System.nanoTime();
        keeper.kill();
        return (end - begin) / 1e6;
      }
    };
  }

  private static Row row(String where, Runnable work) {
    return new Row(figure(where), Probe.milliseconds(1, work));
  }

  private static Figure figure(String where) {
    return Figure.absolute("handler starts and ends, " + where, UNIT);
  }

  private static List<Measurement> measured(List<Row> rows) {
    List<Samples> samples = TURNS.take(rows.stream().map(Row::probe).toList());
    List<Measurement> measurements = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      measurements.add(new Measurement(rows.get(i).figure(), samples.get(i)));
    }
    return measurements;
  }
}
