package org.universalnode.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.universalnode.nffg.GraphReader;
import org.universalnode.node.config.InitialGraph;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Stopwatch;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Graphs that the configuration gives a node. */
final class InitialGraphs {
  private static final System.Logger LOG = System.getLogger(InitialGraphs.class.getName());

  private InitialGraphs() {}

  /**
   * Applies those of which the node knows no graph of that id. One that can't be applied keeps the
   * node from nothing else: its operator needs the node to see why.
   */
  static void apply(List<InitialGraph> initial, Orchestrator graphs) {
    for (InitialGraph graph : initial) {
      if (graphs.ids().contains(graph.id())) {
        continue;
      }
      try {
        graphs.apply(graph.id(), document(graph), new Stopwatch());
      } catch (ProblemException e) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the initial graph {0} can''t be applied: {1}",
            graph.id(),
            e.getMessage());
      }
    }
  }

  /**
   * The text of a graph.
   *
   * @throws ProblemException if it can't be read
   */
  static String document(InitialGraph graph) {
    Path file = graph.file();
    try {
      if (Files.size(file) > GraphReader.LIMITS.characters()) {
        throw Problem.of(Code.LIMIT, file + " is too long for a graph")
            .next("make it shorter than " + GraphReader.LIMITS.characters() + " characters")
            .asException();
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw Problem.of(Code.NOT_FOUND, "the graph's file can't be read: " + e)
          .next("see that it exists, and is UTF-8")
          .asException();
    }
  }
}
