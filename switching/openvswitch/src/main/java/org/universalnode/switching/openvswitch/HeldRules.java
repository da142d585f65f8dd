package org.universalnode.switching.openvswitch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.openvswitch.Swap.Held;
import org.universalnode.switching.openvswitch.openflow.Datapath;

/** The rules of in-ports, which a bridge that comes back without them gets again. */
final class HeldRules {
  private final Map<LsiPort, Held> all = new HashMap<>();

  /** Turns an in-port's rules into those. */
  Swap swap(RuleFlows flows, Datapath datapath) {
    Optional<Held> before = Optional.ofNullable(all.get(flows.in()));
    List<SwitchRule> was = before.flatMap(Held::rules).orElse(List.of());
    boolean unknown = before.filter(there -> there.rules().isEmpty()).isPresent();
    Set<Long> more = unknown ? counted(flows.in(), datapath) : Set.of();
    return new Swap(
        flows, before, Swap.Counters.between(was, more, flows.rules(), others(flows.in())));
  }

  /** What counts rules that the in-port does not have, such as those of a change that failed. */
  Set<Long> countersOfNothing(LsiPort in, Datapath datapath) {
    List<SwitchRule> rules =
        Optional.ofNullable(all.get(in)).flatMap(Held::rules).orElse(List.of());
    return Swap.Counters.between(rules, counted(in, datapath), rules, others(in)).gone();
  }

  private List<SwitchRule> others(LsiPort in) {
    return all.entrySet().stream()
        .filter(other -> other.getKey().lsi().equals(in.lsi()))
        .filter(other -> !other.getKey().equals(in))
        .flatMap(other -> other.getValue().rules().stream().flatMap(List::stream))
        .toList();
  }

  private static Set<Long> counted(LsiPort in, Datapath datapath) {
    return datapath.flows(Cookie.COUNTER.of(in.number()), Cookie.ALL).stream()
        .map(RuleFlows::counter)
        .collect(Collectors.toUnmodifiableSet());
  }

  Map<LsiPort, Held> of(LsiId lsi) {
    return all.entrySet().stream()
        .filter(entry -> entry.getKey().lsi().equals(lsi))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  boolean has(LsiPort in) {
    return all.containsKey(in);
  }

  /** Of what the in-port has, 0 if it has nothing. */
  long digest(LsiPort in) {
    return Optional.ofNullable(all.get(in)).map(Held::digest).orElse(0L);
  }

  Set<LsiPort> inPorts() {
    return Set.copyOf(all.keySet());
  }

  /** The rules of an LSI whose ids are known, by their numbers. */
  Map<Long, String> ids(LsiId lsi) {
    return of(lsi).values().stream()
        .flatMap(held -> held.rules().orElse(List.of()).stream())
        .collect(
            Collectors.toMap(
                rule -> RuleFlows.counter(rule.id()), SwitchRule::id, (one, other) -> one));
  }

  /** An earlier process of the node wrote the same; now their ids are known too. */
  void recognise(RuleFlows flows) {
    all.computeIfPresent(
        flows.in(),
        (_, there) ->
            there.digest() == flows.digest()
                ? new Held(Optional.of(flows.rules()), there.slot(), there.digest())
                : there);
  }

  void keep(Swap swap) {
    swap.after().ifPresentOrElse(after -> put(swap.in(), after), () -> remove(swap.in()));
  }

  void put(LsiPort in, Held held) {
    all.put(in, held);
  }

  void remove(LsiPort in) {
    all.remove(in);
  }

  void forget(Place place) {
    all.keySet().removeIf(in -> Place.of(in.lsi()).equals(place));
  }
}
