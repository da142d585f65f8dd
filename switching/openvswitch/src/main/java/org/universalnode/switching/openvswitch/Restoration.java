package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.openvswitch.Swap.Held;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.FlowMod;

/**
 * Has a bridge that is an LSI have what it should. Slots are filled in as many bundles as that
 * takes; the last one has frames meet them, and until then a bridge that is new to the switch drops
 * everything.
 *
 * @param ports that the bridge has
 * @param there what is in the bridge
 */
record Restoration(
    LsiId lsi, Datapath datapath, Set<Integer> ports, Selections there, HeldRules held) {

  static Restoration of(LsiId lsi, Datapath datapath, Set<Integer> ports, HeldRules held) {
    return new Restoration(lsi, datapath, ports, Selections.of(datapath), held);
  }

  /**
   * Writes what is missing and removes what nobody wants.
   *
   * @param fixed what the bridge has whatever the rules are
   * @param first whether rules that nobody knows are an earlier process's, to be taken over
   */
  void run(List<FlowMod> fixed, boolean first) {
    datapath.matchFragments();
    List<Swap> lost = lost();
    List<FlowMod> filling = new ArrayList<>();
    lost.forEach(swap -> filling.addAll(swap.filling()));
    Bridges.applyInSteps(datapath, filling, List.of());
    List<FlowMod> last = new ArrayList<>(fixed);
    there.strangers(ports).forEach(number -> last.addAll(Pipeline.removal(number)));
    last.add(Pipeline.noChanges());
    lost.forEach(swap -> last.addAll(swap.turning()));
    last.addAll(unfinished(lost));
    if (!first) {
      last.addAll(unwanted());
    }
    Bridges.apply(datapath, last);
    learn(first);
    lost.forEach(held::keep);
    Bridges.applyInSteps(datapath, countersOfNothing(), List.of());
  }

  /** In-ports whose rules are known, and are others than the bridge has. */
  private List<Swap> lost() {
    List<Swap> swaps = new ArrayList<>();
    held.of(lsi)
        .forEach(
            (in, wanted) -> {
              Optional<Held> is = Optional.ofNullable(there.all().get(in.number()));
              boolean same = is.filter(h -> h.digest() == wanted.digest()).isPresent();
              if (!same && ports.contains(in.number())) {
                wanted
                    .rules()
                    .map(rules -> new RuleFlows(in, rules))
                    .ifPresent(flows -> swaps.add(new Swap(flows, is, Swap.Counters.UNCHANGED)));
              }
            });
    return swaps;
  }

  /** Empties the slots that changes have filled which did not come to their end. */
  private List<FlowMod> unfinished(List<Swap> lost) {
    List<FlowMod> changes = new ArrayList<>();
    for (int number : there.unfinished()) {
      boolean written = lost.stream().anyMatch(swap -> swap.in().number() == number);
      int used = Optional.ofNullable(there.all().get(number)).map(Held::slot).orElse(0);
      Pipeline.SLOTS.stream()
          .filter(slot -> !written && slot != used)
          .forEach(slot -> changes.add(Pipeline.cleared(number, slot)));
    }
    return changes;
  }

  /** In-ports that should have no rules: a change gave them some, and failed at its last step. */
  private List<FlowMod> unwanted() {
    List<FlowMod> changes = new ArrayList<>();
    there
        .held(ports)
        .forEach(
            (number, is) -> {
              if (!held.has(new LsiPort(lsi, number))) {
                changes.add(Pipeline.noSelection(number));
                changes.add(Pipeline.cleared(number, is.slot()));
                changes.add(FlowMod.deleteAll(Cookie.COUNTER.of(number), Cookie.ALL));
              }
            });
    return changes;
  }

  /** What an earlier process of the node wrote is as the bridge now says. */
  private void learn(boolean first) {
    Map<LsiPort, Held> before = held.of(lsi);
    before.forEach(
        (in, should) -> {
          if (should.rules().isEmpty()) {
            held.remove(in);
          }
        });
    there
        .held(ports)
        .forEach(
            (number, is) -> {
              LsiPort in = new LsiPort(lsi, number);
              Optional<Held> should = Optional.ofNullable(before.get(in));
              if (should.map(h -> h.rules().isEmpty()).orElse(first)) {
                held.put(in, there.unknown(number, is));
              } else if (should.filter(h -> h.digest() == is.digest()).isPresent()) {
                held.put(in, new Held(should.get().rules(), is.slot(), is.digest()));
              }
            });
  }

  private List<FlowMod> countersOfNothing() {
    List<FlowMod> changes = new ArrayList<>();
    Map<LsiPort, Held> known = held.of(lsi);
    for (int number : there.unfinished()) {
      LsiPort in = new LsiPort(lsi, number);
      if (Optional.ofNullable(known.get(in)).flatMap(Held::rules).isPresent()) {
        held.countersOfNothing(in, datapath)
            .forEach(counter -> changes.add(RuleFlows.noCounter(counter)));
      }
    }
    return changes;
  }
}
