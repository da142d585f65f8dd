package org.universalnode.bench;

import java.nio.file.Path;
import java.util.List;
import org.universalnode.bench.graphs.GraphReading;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.process.UnStarts;

/** The one place where subjects are listed. */
final class Subjects {
  private Subjects() {}

  /**
   * All of them, in the order in which they are measured.
   *
   * @param house the folder of the sources, built
   */
  static List<Subject> all(Path house) {
    return List.of(new GraphReading(), new UnStarts(house));
  }
}
