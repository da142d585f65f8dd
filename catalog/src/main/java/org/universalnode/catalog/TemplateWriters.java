package org.universalnode.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.catalog.file.Custody;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Who may have written templates that a node takes. A template says which files and devices of the
 * machine a function gets and how far it is confined, so who writes one may become root.
 */
public enum TemplateWriters {
  /** Root and the user of this process alone. */
  OWNERS,
  /** Whoever could; the operator bears the risk, as with unsigned archives. */
  ANYBODY;

  /** Why a file or folder is not taken; empty if it is. */
  Optional<Problem> refusal(Path one) throws IOException {
    return switch (this) {
      case ANYBODY -> Optional.empty();
      case OWNERS -> Custody.breach(one.toRealPath()).map(TemplateWriters::refused);
    };
  }

  private static Problem refused(String reason) {
    return Problem.of(
            Code.FORBIDDEN, "others may have written what functions may do here: " + reason)
        .next(
            "see what it holds, then let only root and the node's user write there"
                + " (chown, chmod go-w); or see --unsigned any of un serve");
  }
}
