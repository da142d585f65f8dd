package org.universalnode.node.event;

/** Something that happened. Texts that are too long are cut, so that no event is large. */
public sealed interface NodeEvent {

  /** Id of the graph that it is about; empty if it is about none. */
  String graph();

  /**
   * A graph has come to another phase of its life.
   *
   * @param phase such as {@code deploying}, as the graph's status has it
   * @param reason why, where that is not plain; else empty
   */
  record GraphPhase(String graph, String phase, String reason) implements NodeEvent {
    public GraphPhase {
      reason = Text.cut(reason);
    }
  }

  /**
   * A step of a change of a graph.
   *
   * @param step what is done, for a person
   * @param done how many steps of the change are done by now
   * @param total how many there are
   * @param millis how long the step took; 0 if it has only begun
   */
  record StepProgress(String graph, String step, StepState state, int done, int total, long millis)
      implements NodeEvent {

    public StepProgress {
      step = Text.cut(step);
    }
  }

  /**
   * A function of a graph is in another state.
   *
   * @param function its id in the graph
   * @param state such as {@code running}
   * @param reason why, where that is not plain; else empty
   */
  record FunctionState(String graph, String function, String state, String reason)
      implements NodeEvent {
    public FunctionState {
      reason = Text.cut(reason);
    }
  }

  /**
   * Something was changed or removed behind the node's back, and is as it should be again.
   *
   * @param what what was wrong, for a person
   * @param millis from when the node learned of it until it was repaired
   */
  record Drift(String graph, String what, long millis) implements NodeEvent {
    public Drift {
      what = Text.cut(what);
    }
  }

  /**
   * What the node can do is not what it was.
   *
   * @param what parts of the domain description that changed, for a person
   */
  record Capabilities(String what) implements NodeEvent {
    public Capabilities {
      what = Text.cut(what);
    }

    @Override
    public String graph() {
      return "";
    }
  }

  /** The node itself. */
  record Node(NodeState state) implements NodeEvent {
    @Override
    public String graph() {
      return "";
    }
  }

  /** How far a step is. */
  enum StepState {
    BEGAN,
    DONE,
    FAILED,
    /** Taken back, because a step of the same change failed. */
    UNDONE
  }

  /** What the node does. */
  enum NodeState {
    /** It takes requests from now on. */
    STARTED,
    /** It takes no more requests; its graphs go on. */
    STOPPING
  }
}
