package org.universalnode.node.security;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * What can be told of an audit log by reading it.
 *
 * @param lines how many there are
 * @param breaks places, the first few, where a line does not follow from the one before
 * @param head hash of the last line, by which this state of the log can be known again
 * @param containsWanted whether there is a line with the hash that was looked for
 */
public record AuditReport(long lines, List<String> breaks, String head, boolean containsWanted) {
  public AuditReport {
    breaks = List.copyOf(breaks);
  }

  /**
   * Reads the log in a node's folder, whether the node runs or not.
   *
   * @param wanted hash of a line that was the last one at some time
   * @throws org.universalnode.problem.ProblemException if there is none, or it can't be read
   */
  public static AuditReport of(Path folder, String wanted) {
    List<Path> files = AuditLog.files(folder);
    if (files.isEmpty()) {
      throw Problem.of(Code.NOT_FOUND, "there is no audit log in " + folder)
          .next("name the node's folder of state with --state")
          .asException();
    }
    try {
      AuditChain chain = AuditChain.read(files, wanted);
      return new AuditReport(chain.lines(), chain.breaks(), chain.head(), chain.hasWanted());
    } catch (IOException e) {
      throw Problem.of(Code.KERNEL, "the audit log can't be read: " + e)
          .next("run this as the user that the node runs as")
          .asException();
    }
  }
}
