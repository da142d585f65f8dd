package org.universalnode.bench.switches;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.problem.Problem;
import org.universalnode.switching.openvswitch.openflow.Action;
import org.universalnode.switching.openvswitch.openflow.Controller;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.DatapathListener;
import org.universalnode.switching.openvswitch.openflow.Envelope;
import org.universalnode.switching.openvswitch.openflow.FlowMod;
import org.universalnode.switching.openvswitch.openflow.Instruction;
import org.universalnode.switching.openvswitch.openflow.Limits;
import org.universalnode.switching.openvswitch.openflow.Match;
import org.universalnode.switching.openvswitch.openflow.MessageBuffer;
import org.universalnode.switching.openvswitch.openflow.Oxm;
import org.universalnode.testbed.PrivateOpenVswitch;

/**
 * How fast flows get into ovs-vswitchd as one bundle, by this controller and by ovs-ofctl, which
 * also starts and reads them as text; and how fast their messages are written.
 */
public final class FlowRates implements Subject {
  private static final int FLOWS = 10_000;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Turns TURNS = new Turns(5, 7);
  private static final String BRIDGE = "ubflows";
  private static final Figure CONTROLLER = rate("flow-mods, controller");
  private static final Figure PROGRAM = rate("flow-mods, ovs-ofctl --bundle");
  private static final Figure RATIO =
      Figure.ratio("flow-mods, controller of ovs-ofctl", new Budget.AtLeast(0.9));
  private static final Figure ENCODING = rate("flow-mods, written only");

  private final Path house;

  /**
   * Measures the library for OpenFlow.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public FlowRates(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return List.of(CONTROLLER, PROGRAM, RATIO, ENCODING);
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      PrivateOpenVswitch ovs = lab.openVswitch();
      Path socket = ovs.folder().resolve("flows.ctl");
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
      try (Controller controller = Controller.listen(address, Limits.USUAL, NOBODY)) {
        addBridge(ovs, socket);
        return measure(lab, ovs, controller.await(1, LONG).orElseThrow(FlowRates::away));
      } catch (InterruptedException e) {
        throw Interrupted.cancelled();
      }
    }
  }

  private static List<Measurement> measure(Lab lab, PrivateOpenVswitch ovs, Datapath bridge) {
    List<FlowMod> flows = IntStream.range(0, FLOWS).mapToObj(FlowRates::flow).toList();
    String file = written(lab.folder().resolve("flows.txt")).toString();
    String target = "unix:" + ovs.managementSocket(BRIDGE);
    List<Samples> taken =
        TURNS.take(
            List.of(
                () -> filled(bridge, () -> bridge.apply(flows).orThrow()),
                () ->
                    filled(
                        bridge,
                        () ->
                            lab.programs()
                                .run(
                                    Optional.empty(),
                                    "ovs-ofctl",
                                    "--protocols=OpenFlow13",
                                    "--bundle",
                                    "add-flows",
                                    target,
                                    file)),
                () -> perSecond(() -> encode(flows))));
    return List.of(
        new Measurement(CONTROLLER, taken.get(0)),
        new Measurement(PROGRAM, taken.get(1)),
        new Measurement(RATIO, taken.get(0).over(taken.get(1))),
        new Measurement(ENCODING, taken.get(2)));
  }

  private static void addBridge(PrivateOpenVswitch ovs, Path controller) {
    ovs.vsctl(
        ("add-br %s -- set bridge %s datapath_type=netdev fail_mode=secure protocols=OpenFlow13"
                + " other_config:datapath-id=0000000000000001"
                + " -- set-controller %s unix:%s")
            .formatted(BRIDGE, BRIDGE, BRIDGE, controller)
            .split(" ", -1));
  }

  /** The bridge is empty before and after. */
  private static double filled(Datapath bridge, Runnable fill) {
    double rate = perSecond(fill);
    int there = bridge.flows(0, 0).size();
    if (there != FLOWS) {
      throw new IllegalStateException(there + " flows instead of " + FLOWS);
    }
    bridge.apply(List.of(FlowMod.deleteAll(0, 0))).orThrow();
    return rate;
  }

  private static void encode(List<FlowMod> flows) {
    MessageBuffer buffer = MessageBuffer.large();
    for (int i = 0; i < flows.size(); i++) {
      buffer.add(new Envelope(i, flows.get(i)));
      if (buffer.isFull()) {
        buffer.take();
      }
    }
  }

  private static FlowMod flow(int number) {
    Match match =
        Match.ANY
            .with(Oxm.IN_PORT, 1)
            .with(Oxm.ETH_TYPE, 0x0800)
            .with(Oxm.IP_PROTO, 6)
            .with(Oxm.IPV4_DST, 0x0a00_0000L + number)
            .with(Oxm.TCP_DST, 80);
    List<Action> actions =
        List.of(new Action.SetField(Oxm.ETH_DST.exact(0x0200_0000_0001L)), new Action.Output(2));
    return FlowMod.add(0, 100, match, List.of(new Instruction.ApplyActions(actions)))
        .withCookie(number);
  }

  /** The same for ovs-ofctl. */
  private static String text(int number) {
    return "priority=100,cookie=%d,in_port=1,tcp,nw_dst=10.%d.%d.%d,tp_dst=80 "
            .formatted(number, number >> 16, number >> 8 & 255, number & 255)
        + "actions=set_field:02:00:00:00:00:01->eth_dst,output:2";
  }

  private static Path written(Path file) {
    try {
      return Files.write(file, IntStream.range(0, FLOWS).mapToObj(FlowRates::text).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double perSecond(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return FLOWS * 1e9 / (System.nanoTime() - start);
  }

  private static RuntimeException away() {
    return Problem.of(Problem.Code.TIMEOUT, "the bridge " + BRIDGE + " does not connect")
        .next("see the log of ovs-vswitchd")
        .asException();
  }

  private static Figure rate(String name) {
    return Figure.absolute(name, "flows/s");
  }

  private static final DatapathListener NOBODY =
      new DatapathListener() {
        @Override
        public void connected(Datapath datapath) {}

        @Override
        public void gone(Datapath datapath, Problem why) {}
      };
}
