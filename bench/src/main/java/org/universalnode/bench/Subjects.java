package org.universalnode.bench;

import java.nio.file.Path;
import java.util.List;
import org.universalnode.bench.classification.Classification;
import org.universalnode.bench.forwarding.Forwarding;
import org.universalnode.bench.forwarding.RoundTrips;
import org.universalnode.bench.forwarding.RuleNumbers;
import org.universalnode.bench.forwarding.Traffic;
import org.universalnode.bench.functions.FunctionStarts;
import org.universalnode.bench.graphs.GraphReading;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.isolation.HandlerStarts;
import org.universalnode.bench.lab.LabSwitch;
import org.universalnode.bench.life.GraphLatencies;
import org.universalnode.bench.life.GraphsAtOnce;
import org.universalnode.bench.life.NodeGrowth;
import org.universalnode.bench.life.NodeRecoveries;
import org.universalnode.bench.life.NodeStarts;
import org.universalnode.bench.life.Repairs;
import org.universalnode.bench.northbound.CapabilityChanges;
import org.universalnode.bench.northbound.RestLatencies;
import org.universalnode.bench.process.UnStarts;
import org.universalnode.bench.resolver.Choosing;
import org.universalnode.bench.scale.ManyGraphs;
import org.universalnode.bench.switches.Chains;
import org.universalnode.bench.switches.FlowRates;
import org.universalnode.bench.switches.Recoveries;
import org.universalnode.bench.updates.LiveUpdates;
import org.universalnode.bench.vpn.Validation;

/** The one place where subjects are listed. */
final class Subjects {
  private Subjects() {}

  /**
   * All of them, in the order in which they are measured.
   *
   * @param house the folder of the sources, built
   */
  static List<Subject> all(Path house) {
    return List.of(
        new GraphReading(),
        new Choosing(),
        new UnStarts(house),
        new HandlerStarts(),
        new FunctionStarts(house),
        new Forwarding(house, Traffic.TCP),
        new Forwarding(house, Traffic.TCP_OF_SINGLE_PACKETS),
        new Forwarding(house, Traffic.SMALL_PACKETS),
        new RoundTrips(house),
        new RuleNumbers(house),
        new Classification(house),
        new LiveUpdates(house, LabSwitch.EBPF),
        new LiveUpdates(house, LabSwitch.OPEN_VSWITCH),
        new Chains(house),
        new FlowRates(house),
        new Recoveries(house),
        new ManyGraphs(house),
        new GraphLatencies(house),
        new GraphsAtOnce(house),
        new NodeRecoveries(house),
        new Repairs(house),
        new NodeStarts(house),
        new NodeGrowth(house, cycles()),
        new RestLatencies(house, requests()),
        new CapabilityChanges(house),
        new Validation(house));
  }

  /** A property of the run: 10,000 take minutes. */
  private static int cycles() {
    return Integer.getInteger("cycles", 1_000);
  }

  /** Likewise: 100,000 take minutes. */
  private static int requests() {
    return Integer.getInteger("requests", 20_000);
  }
}
