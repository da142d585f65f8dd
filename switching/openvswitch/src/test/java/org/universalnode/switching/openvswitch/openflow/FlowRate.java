package org.universalnode.switching.openvswitch.openflow;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prints how fast flows get into a switch by this controller and by {@code ovs-ofctl}, taking
 * turns, and how fast messages are written without one.
 */
final class FlowRate {
  private static final int FLOWS = 10_000;
  private static final int ROUNDS = 5;
  private static final int WARM_UP = 5;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final SwitchUnderTest openVswitch;
  private final Datapath bridge;
  private final Path file;

  private FlowRate(SwitchUnderTest openVswitch, Datapath bridge, Path file) {
    this.openVswitch = openVswitch;
    this.bridge = bridge;
    this.file = file;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Files.createTempFile("flows", ".txt");
    try (SwitchUnderTest openVswitch = SwitchUnderTest.start();
        Controller controller =
            Controller.listen(
                UnixDomainSocketAddress.of(openVswitch.controller()),
                Limits.USUAL,
                new Observed())) {
      openVswitch.addBridge("b0", 1);
      Datapath bridge = controller.await(1, LONG).orElseThrow();
      new FlowRate(openVswitch, bridge, file).run();
    } finally {
      Files.delete(file);
    }
    printEncodeRate();
  }

  private void run() throws IOException {
    Files.write(file, IntStream.range(0, FLOWS).mapToObj(FlowRate::text).toList());
    for (int i = 0; i < WARM_UP; i++) {
      byController();
    }
    List<Double> controller = new ArrayList<>();
    List<Double> program = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      controller.add(byController());
      program.add(byProgram());
    }
    print("controller", controller);
    print("ovs-ofctl", program);
    System.out.printf("controller / ovs-ofctl: %.2f%n", median(controller) / median(program));
  }

  private double byController() {
    List<FlowMod> flows = flows();
    double rate = rate(FLOWS, () -> bridge.apply(flows).orThrow());
    empty();
    return rate;
  }

  private double byProgram() {
    String target = openVswitch.management("b0");
    double rate =
        rate(FLOWS, () -> openVswitch.ofctl("--bundle", "add-flows", target, file.toString()));
    empty();
    return rate;
  }

  private void empty() {
    int there = bridge.flows(0, 0).size();
    if (there != FLOWS) {
      throw new IllegalStateException(there + " flows instead of " + FLOWS);
    }
    bridge.apply(List.of(FlowMod.deleteAll(0, 0))).orThrow();
  }

  private static void printEncodeRate() {
    List<FlowMod> flows = flows();
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rates.add(rate(FLOWS, () -> encode(flows)));
    }
    print("encode", rates.subList(45, 50));
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

  private static List<FlowMod> flows() {
    return IntStream.range(0, FLOWS).mapToObj(FlowRate::flow).toList();
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

  /** The same for {@code ovs-ofctl}. */
  private static String text(int number) {
    return "priority=100,cookie=%d,in_port=1,tcp,nw_dst=10.%d.%d.%d,tp_dst=80 "
            .formatted(number, number >> 16, number >> 8 & 255, number & 255)
        + "actions=set_field:02:00:00:00:00:01->eth_dst,output:2";
  }

  private static double rate(int count, Runnable work) {
    long start = System.nanoTime();
    work.run();
    return count * 1e9 / (System.nanoTime() - start);
  }

  private static void print(String what, List<Double> rates) {
    System.out.printf(
        "%s: %.0f messages/s (median), all %s%n", what, median(rates), rounded(rates));
  }

  private static List<Long> rounded(List<Double> rates) {
    return rates.stream().map(Math::round).toList();
  }

  private static double median(List<Double> rates) {
    return rates.stream().sorted().toList().get(rates.size() / 2);
  }
}
