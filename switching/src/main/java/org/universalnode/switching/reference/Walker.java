package org.universalnode.switching.reference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.reference.Done.Effect;

/**
 * One frame on its way; see {@link Walk}.
 *
 * @param <P> what names a port
 */
final class Walker<P> {
  private final Map<P, RuleTable<P>> tables;
  private final Wiring<P> wiring;
  private final Queue<Departure<P>> arriving = new ArrayDeque<>();
  private final List<Step<P>> steps = new ArrayList<>(2);
  private final List<Departure<P>> leaving = new ArrayList<>(2);
  private boolean cut;

  private Walker(Map<P, RuleTable<P>> tables, Wiring<P> wiring) {
    this.tables = tables;
    this.wiring = wiring;
  }

  static <P> Walk<P> walk(Map<P, RuleTable<P>> tables, Wiring<P> wiring, Departure<P> start) {
    Walker<P> walker = new Walker<>(tables, wiring);
    if (start.frame().headers().fault().isPresent()) {
      walker.steps.add(new Step<>(start.port(), start.frame(), Optional.empty(), List.of()));
    } else {
      walker.walk(new Departure<>(start.port(), start.frame().arriving()));
    }
    return new Walk<>(walker.steps, walker.leaving, walker.cut);
  }

  private void walk(Departure<P> start) {
    arriving.add(start);
    for (Departure<P> next = arriving.poll(); next != null; next = arriving.poll()) {
      steps.add(step(next.port(), next.frame()));
    }
  }

  private Step<P> step(P in, Frame frame) {
    RuleTable<P> table = tables.get(in);
    Optional<Rule<P>> rule = table == null ? Optional.empty() : table.decide(frame.headers());
    List<Done<P>> done = rule.map(Rule::actions).map(a -> perform(a, frame)).orElse(List.of());
    return new Step<>(in, frame, rule.map(Rule::id), done);
  }

  private List<Done<P>> perform(List<RuleAction<P>> actions, Frame arrived) {
    List<Done<P>> all = new ArrayList<>(actions.size());
    Frame frame = arrived;
    for (RuleAction<P> action : actions) {
      Done<P> done = perform(action, frame);
      all.add(done);
      if (done.effect() == Effect.DROPPED) {
        break;
      }
      frame = done.frame();
    }
    return all;
  }

  private Done<P> perform(RuleAction<P> action, Frame frame) {
    return switch (action) {
      case RuleAction.Output<P>(P port) -> {
        send(port, frame);
        yield new Done<>(action, Effect.SENT, frame);
      }
      case RuleAction.PushVlan<P>(int vlan) ->
          frame
              .pushed(vlan)
              .map(tagged -> new Done<>(action, Effect.CHANGED, tagged))
              .orElseGet(() -> new Done<>(action, Effect.DROPPED, frame));
      case RuleAction.PopVlan<P>() -> changed(action, frame, frame.popped());
      case RuleAction.SetField<P>(HeaderField field, Bits value) ->
          changed(action, frame, frame.with(field, value));
    };
  }

  /** What is returned as it was is the same object. */
  @SuppressWarnings("ReferenceEquality")
  private static <P> Done<P> changed(RuleAction<P> action, Frame before, Frame after) {
    return new Done<>(action, after == before ? Effect.NONE : Effect.CHANGED, after);
  }

  private void send(P port, Frame frame) {
    Optional<List<P>> behind = wiring.behind(port, frame);
    if (behind.isEmpty()) {
      leaving.add(new Departure<>(port, frame));
      return;
    }
    behind.get().forEach(in -> arrive(in, frame));
  }

  /** The step that is being done is not among the steps yet. */
  private void arrive(P in, Frame frame) {
    if (steps.size() + 1 + arriving.size() < Walk.MOST_STEPS) {
      arriving.add(new Departure<>(in, frame));
    } else {
      cut = true;
    }
  }
}
