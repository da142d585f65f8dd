package org.universalnode.node.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.node.deploy.GraphState;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Survey;
import org.universalnode.node.metrics.OpenMetrics.Family;
import org.universalnode.node.metrics.OpenMetrics.Label;

/** The node and its graphs in numbers, read when somebody asks. */
public final class NodeMetrics {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private final NodeIdentity identity;
  private final Orchestrator graphs;
  private final long begin = System.nanoTime();

  public NodeMetrics(NodeIdentity identity, Orchestrator graphs) {
    this.identity = identity;
    this.graphs = graphs;
  }

  /**
   * In the text format of OpenMetrics 1.0. Readers wait for each other, so that those who ask more
   * often than there can be an answer do not slow the node down.
   */
  public synchronized String text() {
    Survey survey = graphs.survey();
    OpenMetrics text = new OpenMetrics();
    addNode(text);
    addStates(text, survey);
    TrafficMetrics.of(survey.counters()).addTo(text);
    addProcess(text);
    return text.ended();
  }

  private void addNode(OpenMetrics text) {
    text.family(Family.INFO, "un_node", "Which node this is.")
        .sample(
            1,
            new Label("name", identity.name()),
            new Label("switch", identity.switchDriver()),
            new Label("version", NodeIdentity.version()));
    text.family(Family.GAUGE, "un_uptime_seconds", "Since this process began to take requests.")
        .sample(Duration.ofNanos(System.nanoTime() - begin).toNanos() / NANOS);
  }

  private static void addStates(OpenMetrics text, Survey survey) {
    text.family(Family.GAUGE, "un_graphs", "Graphs in each state.");
    for (GraphState.Phase phase : GraphState.Phase.values()) {
      text.sample(survey.graphs().getOrDefault(phase, 0), new Label("state", word(phase)));
    }
    text.family(Family.GAUGE, "un_functions", "Functions of all graphs in each state.");
    for (ObservedInstance.State state : ObservedInstance.State.values()) {
      text.sample(survey.functions().getOrDefault(state, 0), new Label("state", word(state)));
    }
  }

  /** By the names that other programs use for the same. */
  private static void addProcess(OpenMetrics text) {
    ProcessMemory.residentBytes()
        .ifPresent(
            bytes ->
                text.family(Family.GAUGE, "process_resident_memory_bytes", "Memory in RAM.")
                    .sample(bytes));
    ProcessHandle.current()
        .info()
        .startInstant()
        .map(Instant::toEpochMilli)
        .ifPresent(
            millis ->
                text.family(Family.GAUGE, "process_start_time_seconds", "Start, in Unix time.")
                    .sample(millis / MILLIS));
    Runtime jvm = Runtime.getRuntime();
    Label heap = new Label("area", "heap");
    text.family(Family.GAUGE, "jvm_memory_used_bytes", "What objects take, dead ones included.")
        .sample(jvm.totalMemory() - jvm.freeMemory(), heap);
    text.family(Family.GAUGE, "jvm_memory_committed_bytes", "What the JVM has for objects now.")
        .sample(jvm.totalMemory(), heap);
    text.family(Family.GAUGE, "jvm_memory_max_bytes", "What the JVM may have for objects.")
        .sample(jvm.maxMemory(), heap);
  }

  private static String word(GraphState.Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  /** As the status of a graph has it. */
  private static String word(ObservedInstance.State state) {
    return switch (state) {
      case BROKEN -> "broken";
      case CREATED -> "stopped";
      case STARTED -> "running";
      case PAUSED -> "paused";
    };
  }
}
