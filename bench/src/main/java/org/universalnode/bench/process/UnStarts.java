package org.universalnode.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Probe;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** How long the {@code un} command takes to say its version: its start and its end. */
public final class UnStarts implements Subject {
  private static final Figure STARTS = Figure.absolute("un starts", "ms");
  private static final Turns TURNS = new Turns(2, 15);

  private final Path house;

  /**
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public UnStarts(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return List.of(STARTS);
  }

  @Override
  public List<Measurement> measure() {
    if (!Files.exists(house.resolve("dist/built"))) {
      throw Problem.of(Code.NOT_FOUND, "there is no dist/: the un command is not built")
          .next("run scripts/build")
          .asException();
    }
    Command version = new Command(List.of(house.resolve("un").toString(), "--version"));
    return List.of(
        new Measurement(
            STARTS, TURNS.take(List.of(Probe.milliseconds(1, version::run))).getFirst()));
  }
}
