package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.switching.openvswitch.openflow.Action;
import org.universalnode.switching.openvswitch.openflow.FlowMod;
import org.universalnode.switching.openvswitch.openflow.Instruction;
import org.universalnode.switching.openvswitch.openflow.Match;
import org.universalnode.switching.openvswitch.openflow.NiciraAction;
import org.universalnode.switching.openvswitch.openflow.Oxm;
import org.universalnode.switching.openvswitch.openflow.PortNumber;

/**
 * The tables of a bridge that is an LSI, and what is in them whatever the rules are.
 *
 * <ol start="0">
 *   <li>{@link #ARRIVAL} counts what comes in by each port.
 *   <li>{@link #VERSION} marks a frame that enters the node with the version of the rules that it
 *       shall meet in all LSIs: the packet mark alone stays with it from bridge to bridge.
 *   <li>{@link #SELECTION} goes to one of two {@link #SLOTS}, where the rules of its in-port are; a
 *       change fills the other.
 *   <li>{@link #UNMATCHED} counts what no rule matches.
 *   <li>{@link Setters} change a field where there is one.
 *   <li>{@link #COUNTING} counts what a rule decided on, however often its flow is replaced.
 *   <li>{@link #DEPARTURE} sends to the port in register 0, and counts that.
 * </ol>
 */
final class Pipeline {
  static final int ARRIVAL = 0;
  static final int VERSION = 1;
  static final int SELECTION = 2;
  static final List<Integer> SLOTS = List.of(3, 4);
  static final int UNMATCHED = 10;
  static final int COUNTING = 100;
  static final int DEPARTURE = 110;
  private static final int NOWHERE = 120;

  /** Where rules put the port that they send to. */
  static final Oxm TO = Oxm.REG0;

  /** What the mark is while a device sends, whose receiver may look at it. */
  private static final Oxm KEPT_MARK = Oxm.REG5;

  private static final int NORMAL = 1;
  private static final int PREFERRED = 2;

  private Pipeline() {}

  /** What every LSI has. */
  static List<FlowMod> foundation(int version) {
    List<FlowMod> flows = new ArrayList<>();
    flows.add(fixed(VERSION, NORMAL, Match.ANY, goTo(SELECTION)));
    flows.add(entrance(version));
    flows.add(fixed(SELECTION, 0, Match.ANY, goTo(UNMATCHED)));
    SLOTS.forEach(slot -> flows.add(fixed(slot, 0, Match.ANY, goTo(UNMATCHED))));
    flows.add(unchanging());
    flows.addAll(Setters.flows());
    return flows;
  }

  /** A flow of a table that no frame comes to, the same in bridges of all kinds. */
  static FlowMod unchanging() {
    return fixed(NOWHERE, 0, Match.ANY, List.of());
  }

  /** Has frames that enter the node meet that version of the rules, from 1 on. */
  static FlowMod entrance(int version) {
    Action mark = new NiciraAction.Load(Oxm.PKT_MARK.all(), version);
    return fixed(
        VERSION, PREFERRED, Match.ANY.with(Oxm.PKT_MARK, 0), List.of(apply(mark), goTo(SELECTION)));
  }

  /** What a port needs to be one, without rules. */
  static List<FlowMod> port(BridgePort port) {
    Match in = in(port.number());
    Match out = Match.ANY.with(TO, port.number());
    boolean device = !port.kind().isPatch();
    return List.of(
        ofPort(port, FlowMod.add(ARRIVAL, NORMAL, in, List.of(goTo(VERSION)))),
        ofPort(port, FlowMod.add(UNMATCHED, NORMAL, in, List.of())),
        ofPort(port, FlowMod.add(DEPARTURE, NORMAL, out, send(port.number(), device))),
        ofPort(
            port,
            FlowMod.add(
                DEPARTURE,
                PREFERRED,
                out.with(Oxm.IN_PORT, port.number()),
                send(PortNumber.IN_PORT, device))));
  }

  /** The rules of an in-port are in that slot. */
  static FlowMod selection(int in, int slot, long digest) {
    return FlowMod.add(SELECTION, NORMAL, in(in), List.of(goTo(slot)))
        .withCookie(Cookie.SELECTION.of(digest));
  }

  static FlowMod noSelection(int in) {
    return FlowMod.deleteStrict(SELECTION, NORMAL, in(in));
  }

  /** For frames that entered with that version they are there; nowhere if it is UNMATCHED. */
  static FlowMod selection(int in, int version, int slot) {
    return FlowMod.add(SELECTION, PREFERRED, marked(in, version), List.of(goTo(slot)))
        .withCookie(Cookie.CHANGE.of(in));
  }

  /** Deletes what is for frames of a version only. */
  static FlowMod noChanges() {
    return FlowMod.deleteAll(Cookie.CHANGE.of(0), Cookie.KIND);
  }

  /** Deletes all flows of a port, also its rules. */
  static List<FlowMod> removal(int number) {
    List<FlowMod> changes = new ArrayList<>();
    for (Cookie kind : List.of(Cookie.PORT, Cookie.COUNTER, Cookie.CHANGE, Cookie.LEARNED)) {
      changes.add(FlowMod.deleteAll(kind.of(number), Cookie.ALL));
    }
    changes.add(noSelection(number));
    SLOTS.forEach(slot -> changes.add(cleared(number, slot)));
    return changes;
  }

  /** Deletes an in-port's flows from a slot. */
  static FlowMod cleared(int in, int slot) {
    FlowMod all = FlowMod.deleteAll(Cookie.RULE.of(0), Cookie.KIND);
    return new FlowMod(all.command(), slot, 0, in(in), List.of(), all.options());
  }

  static Match in(int port) {
    return Match.ANY.with(Oxm.IN_PORT, port);
  }

  static Instruction goTo(int table) {
    return new Instruction.GotoTable(table);
  }

  static Instruction apply(Action... actions) {
    return new Instruction.ApplyActions(List.of(actions));
  }

  private static Match marked(int in, int version) {
    return in(in).with(Oxm.PKT_MARK, version);
  }

  private static List<Instruction> send(int port, boolean device) {
    Action output = new Action.Output(port);
    return device
        ? List.of(
            apply(
                new NiciraAction.Move(Oxm.PKT_MARK.all(), KEPT_MARK.all()),
                new NiciraAction.Load(Oxm.PKT_MARK.all(), 0),
                output,
                new NiciraAction.Move(KEPT_MARK.all(), Oxm.PKT_MARK.all())))
        : List.of(apply(output));
  }

  private static FlowMod ofPort(BridgePort port, FlowMod flow) {
    return flow.withCookie(Cookie.PORT.of(port.number()));
  }

  private static FlowMod fixed(int table, int priority, Match match, Instruction instruction) {
    return fixed(table, priority, match, List.of(instruction));
  }

  static FlowMod fixed(int table, int priority, Match match, List<Instruction> instructions) {
    return FlowMod.add(table, priority, match, instructions).withCookie(Cookie.STATIC.of(0));
  }
}
