package org.universalnode.node.deploy;

import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * What some graphs may use of a node, all of them together. All limits that are for a graph hold.
 *
 * @param graphs a graph's id, or how ids begin and a star: {@code tenant-1*}; a star alone means
 *     every graph of the node; or those of a group of users: {@code group:blue}
 * @param mostGraphs at the same time
 * @param mostFunctions of those graphs together
 * @param mostRules of those graphs' documents together
 * @param mostMegabytes of memory, in MiB, that all functions of those graphs together may use at
 *     most; an instance that several of them share counts once
 */
public record Limit(
    String graphs, int mostGraphs, int mostFunctions, int mostRules, int mostMegabytes) {
  /** More graphs have no number for their LSI. */
  public static final int MOST_GRAPHS = 4_096;

  /** More than any machine carries. */
  public static final int MOST_FUNCTIONS = 1 << 20;

  public static final int MOST_RULES = 1 << 24;

  /** 4 TiB. */
  public static final int MOST_MEGABYTES = 1 << 22;

  /**
   * That of a node which is told none: generous, since what a function may use at most is a bound
   * that few come near to.
   */
  public static final Limit DEFAULT = new Limit(GraphPattern.EVERY, 512, 2_048, 1 << 18, 1 << 19);

  public Limit {
    if (graphs.isBlank() || graphs.length() > 128) {
      throw wrong("\"" + graphs + "\" names no graphs", "write an id, or like tenant-1*");
    }
    within("graphs", mostGraphs, MOST_GRAPHS);
    within("functions", mostFunctions, MOST_FUNCTIONS);
    within("rules", mostRules, MOST_RULES);
    within("memory-mb", mostMegabytes, MOST_MEGABYTES);
  }

  /**
   * Whether it is for the graph of that id.
   *
   * @param group of users that the graph belongs to; empty if to none
   */
  public boolean isFor(String graph, String group) {
    return new GraphPattern(graphs).matches(graph, group);
  }

  private static void within(String what, int value, int most) {
    if (value < 0 || value > most) {
      throw wrong("%d is no limit of %s".formatted(value, what), "use a number from 0 to " + most);
    }
  }

  private static RuntimeException wrong(String detail, String next) {
    return Problem.of(Code.INVALID_DOCUMENT, detail).next(next).asException();
  }
}
