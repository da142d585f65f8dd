package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.ReferenceSwitch;

/** A switch that is tested: its driver, what is plugged into it, and its reference. */
final class TestSwitch implements AutoCloseable {
  static final LsiId GRAPH = new LsiId(1);

  /** How long a copy may take that is perhaps not there. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Function<String, SwitchDriver> open;
  private final Wires wires;
  private final Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
  private SwitchDriver driver;
  private Layout layout;

  TestSwitch(Wires wires, Function<String, SwitchDriver> open) {
    this.wires = wires;
    this.open = open;
    this.driver = open.apply(wires.node());
    this.layout = new Layout(driver, wires);
  }

  SwitchDriver driver() {
    return driver;
  }

  Layout layout() {
    return layout;
  }

  Wires wires() {
    return wires;
  }

  /** A new interface of the machine, in LSI-0. */
  LsiPort machinePort() {
    return layout.plug(LsiId.BASE, wires.toMachine());
  }

  /** A new interface of a function, in the graph's LSI. */
  LsiPort functionPort() {
    return layout.plug(GRAPH, wires.toFunction());
  }

  /** Nothing is deleted. */
  void nodeEnds() {
    driver.close();
  }

  void nodeBegins() {
    driver = open.apply(wires.node());
    layout = layout.of(driver);
  }

  /** One change of these in-ports; the others keep their rules. */
  void apply(Map<LsiPort, List<SwitchRule>> change) {
    tryTo(change).orThrow();
    tables.putAll(change);
  }

  void apply(LsiPort in, SwitchRule... rules) {
    apply(Map.of(in, List.of(rules)));
  }

  /** A change that may be refused, of which the reference learns nothing. */
  Result<Nothing> tryTo(Map<LsiPort, List<SwitchRule>> change) {
    return driver.apply(new RuleChange(change));
  }

  /** Has a frame come in, and expects what the rules of now say. */
  void expectAgreement(LsiPort in, Frame... frames) {
    ReferenceSwitch reference = layout.reference(tables);
    RealFrames way = new RealFrames(driver, layout, wires, () -> {});
    for (Frame frame : frames) {
      if (!wires.carries(frame)) {
        continue;
      }
      Optional<String> said = way.disagreement(reference.run(in, frame));
      assertThat(said).as("in by %s: %s (%s)", in, frame, frame.describe()).isEmpty();
    }
  }

  /** Has a frame come in, and says by which ports copies of it left. */
  List<LsiPort> seenAfter(LsiPort in, Frame frame) {
    wires.send(layout.wire(in), frame);
    List<LsiPort> seen = new ArrayList<>();
    Optional<Wires.Received> next = wires.receive(PATIENCE);
    while (next.isPresent()) {
      seen.add(layout.port(next.get().wire()));
      next = wires.receive(PATIENCE);
    }
    return seen;
  }

  SwitchCounters counters(LsiId lsi) {
    return driver.counters(lsi).orThrow();
  }

  /** Until the counters say what was. */
  void awaitCounters() {
    try {
      Thread.sleep(wires.countersLag());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try (wires;
        SwitchDriver last = driver) {
      layout.remove();
      last.deleteLsi(GRAPH).orThrow();
      last.deleteLsi(LsiId.BASE).orThrow();
      assertThat(last.observe().orThrow().lsis()).isEmpty();
    }
  }

  static SwitchRule forward(String id, LsiPort... outputs) {
    return rule(id, 1, MatchFields.ANY, outputs(outputs));
  }

  static SwitchRule rule(
      String id, int priority, MatchFields match, List<RuleAction<Integer>> actions) {
    return new SwitchRule(id, priority, match.withPrerequisites(), actions);
  }

  static List<RuleAction<Integer>> outputs(LsiPort... ports) {
    return RuleAction.outputs(List.of(ports).stream().map(LsiPort::number).toList());
  }

  static RuleAction<Integer> output(LsiPort port) {
    return new RuleAction.Output<>(port.number());
  }

  static RuleAction<Integer> set(HeaderField field, String value) {
    return new RuleAction.SetField<>(field, field.parse(value).value());
  }
}
