package org.universalnode.node.plan;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.diff.Aspect;
import org.universalnode.nffg.diff.Changes;
import org.universalnode.node.choice.Choices;
import org.universalnode.node.store.Placement;

/**
 * What applying a document would do to a graph. What only the kernel or a function's handler can
 * refuse is not foreseen.
 *
 * @param cosmetic whether nothing that runs is touched, and at most the document is stored
 * @param notes whether the name, description or what is kept of a graph that is there differs
 * @param functions those of the new graph in its order, then those that stop
 * @param plan what would be done, step by step
 * @param expected how long that takes, as far as is known
 * @param choices why functions have their implementations
 */
public record Prediction(
    Outcome outcome,
    boolean cosmetic,
    boolean notes,
    List<Function> functions,
    Elements<EndPoint> endPoints,
    Elements<FlowRule> rules,
    Interfaces interfaces,
    Links links,
    Plan plan,
    Duration expected,
    Choices choices) {

  /** What becomes of the graph as a whole. */
  public enum Outcome {
    CREATED,
    /** Nobody knows what runs of it: what is there is taken over, what is missing is made. */
    RESTORED,
    CHANGED,
    KEPT
  }

  /** What happens to a function. */
  public enum Becoming {
    START,
    /** It goes on running, with another configuration. */
    UPDATE,
    /** It ends, and another one starts in its place. */
    REPLACE,
    STOP,
    KEEP
  }

  /**
   * One function.
   *
   * @param placement the implementation that it will have, or had if it stops
   * @param aspects in which it differs from what it was, in their order; empty if it is new or goes
   */
  public record Function(String id, Becoming becoming, Placement placement, Set<Aspect> aspects) {

    public Function {
      aspects = java.util.Collections.unmodifiableSet(new TreeSet<>(aspects));
    }
  }

  /**
   * The elements of one kind.
   *
   * @param kept how many both graphs have alike
   */
  public record Elements<T>(Changes<T> changes, int kept) {}

  /** Interfaces that the host loses to the switch, and those that it gets back; names in order. */
  public record Interfaces(List<String> taken, List<String> givenBack) {

    public Interfaces {
      taken = taken.stream().sorted().toList();
      givenBack = givenBack.stream().sorted().toList();
    }
  }

  /** Numbers of virtual links between LSI-0 and the graph's LSI. */
  public record Links(int added, int removed, int kept) {}

  public Prediction {
    functions = List.copyOf(functions);
  }

  /** The same, with the reasons for the implementations. */
  public Prediction choosing(Choices reasons) {
    return new Prediction(
        outcome,
        cosmetic,
        notes,
        functions,
        endPoints,
        rules,
        interfaces,
        links,
        plan,
        expected,
        reasons);
  }

  /** Whether applying the document would do anything at all. */
  public boolean changes() {
    return outcome != Outcome.KEPT;
  }
}
