package org.universalnode.catalog.capability;

import java.util.List;
import java.util.stream.Stream;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.problem.Problem;

/** What functions need of this machine, compared with what it offers now. */
public final class Requirements {
  private final Discovery discovery;

  public Requirements(Discovery discovery) {
    this.discovery = discovery;
  }

  /** Everything that is missing for the function to run here; empty if it can run. */
  public List<Problem> missing(FunctionTemplate template) {
    return findings(template)
        .filter(Finding.Absent.class::isInstance)
        .map(finding -> ((Finding.Absent) finding).problem())
        .toList();
  }

  /** What the machine does not tell: the function may run, and is not held back for it. */
  public List<Problem> doubts(FunctionTemplate template) {
    return findings(template)
        .filter(Finding.Unknown.class::isInstance)
        .map(finding -> ((Finding.Unknown) finding).problem())
        .toList();
  }

  private Stream<Finding> findings(FunctionTemplate template) {
    return template.dependencies().stream().distinct().map(discovery::find);
  }
}
