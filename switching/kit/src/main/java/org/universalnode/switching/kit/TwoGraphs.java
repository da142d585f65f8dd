package org.universalnode.switching.kit;

import static org.universalnode.switching.kit.TestSwitch.GRAPH;
import static org.universalnode.switching.kit.TestSwitch.outputs;
import static org.universalnode.switching.kit.TestSwitch.rule;

import java.util.List;
import java.util.Map;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;

/** Two graphs at a switch: to one of them something is done, the other one must not notice. */
final class TwoGraphs {
  static final LsiId OTHER = new LsiId(2);
  private static final String LINK = "a";

  private final TestSwitch tested;
  private Chain victim;
  private final Chain other;

  /** From an interface of the machine by a link to a function, and back. */
  record Chain(LsiId lsi, LsiPort machine, VirtualLink link, LsiPort function) {
    Map<LsiPort, List<SwitchRule>> tables() {
      return Map.of(
          machine,
          List.of(udp("up" + lsi, link.base())),
          link.graph(),
          List.of(udp("in" + lsi, function)),
          function,
          List.of(udp("out" + lsi, link.graph())),
          link.base(),
          List.of(udp("down" + lsi, machine)));
    }
  }

  private static SwitchRule udp(String id, LsiPort output) {
    MatchFields udp = MatchFields.ANY.with(HeaderField.PROTOCOL, "17");
    return rule(id, 1, udp, outputs(output));
  }

  TwoGraphs(TestSwitch tested) {
    this.tested = tested;
    this.victim = made(GRAPH);
    this.other = made(OTHER);
  }

  private Chain made(LsiId lsi) {
    Layout layout = tested.layout();
    driver().createLsi(lsi).orThrow();
    LsiPort function = layout.plug(lsi, tested.wires().toFunction());
    LsiPort machine = layout.plug(LsiId.BASE, tested.wires().toMachine());
    Chain chain = new Chain(lsi, machine, layout.connect(lsi, LINK), function);
    driver().apply(new RuleChange(chain.tables())).orThrow();
    return chain;
  }

  /** Asks for all of the first graph, as after a crash of the node. */
  void askAgain() {
    Layout layout = tested.layout();
    driver().createLsi(GRAPH).orThrow();
    LsiPort function = layout.plugAgain(victim.function);
    LsiPort machine = layout.plugAgain(victim.machine);
    VirtualLink link = driver().connect(GRAPH, LINK).orThrow();
    victim = new Chain(GRAPH, machine, link, function);
    driver().apply(new RuleChange(victim.tables())).orThrow();
  }

  Harm.Victim victim() {
    Layout layout = tested.layout();
    return new Harm.Victim(
        tested.wires().node(),
        tested.wires().links(),
        layout.attached(victim.machine),
        victim.link,
        layout.attached(victim.function),
        (Attachment.FunctionInterface) victimFunction().attachment());
  }

  Wire victimMachine() {
    return tested.layout().wire(victim.machine);
  }

  Wire victimFunction() {
    return tested.layout().wire(victim.function);
  }

  Wire otherMachine() {
    return tested.layout().wire(other.machine);
  }

  Wire otherFunction() {
    return tested.layout().wire(other.function);
  }

  private SwitchDriver driver() {
    return tested.driver();
  }
}
