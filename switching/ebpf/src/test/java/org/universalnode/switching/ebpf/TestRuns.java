package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.BpfTestRun;
import org.universalnode.linux.BpfTestRun.Outcome;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.kit.Layout;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.kit.Way;
import org.universalnode.switching.reference.Departure;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.Step;
import org.universalnode.switching.reference.Walk;

/**
 * Has the kernel run the program on made-up frames. It sees by which ports each of them leaves, in
 * order, and the frame as it leaves by the last of them, but for a tag that the kernel keeps beside
 * it. For one thread, which stays on one processor.
 */
final class TestRuns implements Way, AutoCloseable {
  private static final int SHOT = 2;
  private static final int REDIRECT = 7;

  /** MOST_OUTPUTS of the data plane. */
  private static final int MOST_OUTPUTS = 16;

  /** Where struct walk has its outputs. */
  private static final int OUTPUTS_AT = 36;

  private static final int TAG_AT = 12;
  private static final int TAG_BYTES = 4;

  private final SwitchDriver driver;
  private final Layout layout;
  private final BpfProgram program;
  private final BpfMap walks;
  private final int processor;
  private final Runnable forget;

  TestRuns(SwitchDriver driver, Layout layout, Path pins, int processor) {
    this.driver = driver;
    this.layout = layout;
    this.processor = processor;
    this.program = BpfProgram.pinned(pins.resolve("lsi"));
    this.walks = BpfMap.pinned(pins.resolve("walks"));
    this.forget = new LearnedAddresses(pins);
  }

  @Override
  public String name() {
    return "BPF_PROG_TEST_RUN";
  }

  @Override
  public void begin(Map<LsiPort, List<SwitchRule>> tables) {
    driver.apply(new RuleChange(tables)).orThrow();
    forget.run();
  }

  /** The kernel wants the fixed IP header behind an untagged Ethernet header, and never nothing. */
  @Override
  public boolean canRun(Frame frame) {
    long type = frame.headers().tags() > 0 ? 0 : frame.headers().number(HeaderField.ETHER_TYPE);
    int least = type == EtherType.IPV4 ? 34 : type == EtherType.IPV6 ? 54 : 15;
    return frame.size() >= least;
  }

  @Override
  public Optional<String> disagreement(Walk<LsiPort> expected) {
    Step<LsiPort> start = expected.steps().getFirst();
    int link = layout.attached(start.in()).index();
    Outcome outcome = BpfTestRun.run(program, link, start.frame().bytes());
    List<Integer> ports =
        expected.leaving().stream().map(departure -> departure.port().number()).toList();
    List<Integer> outputs = outputs();
    if (!outputs.equals(ports.stream().limit(MOST_OUTPUTS).toList())) {
      return Optional.of("it leaves by the ports " + outputs + ", not " + ports);
    }
    int verdict = ports.isEmpty() ? SHOT : REDIRECT;
    if (outcome.verdict() != verdict) {
      return Optional.of("the verdict is " + outcome.verdict() + ", not " + verdict);
    }
    return ports.isEmpty() ? Optional.empty() : difference(outcome, expected.leaving().getLast());
  }

  @Override
  public void close() {
    program.close();
    walks.close();
  }

  private List<Integer> outputs() {
    ByteBuffer all = walks.get(walks.key()).orElseThrow();
    int at = processor * (all.capacity() / BpfMap.possibleProcessors()) + OUTPUTS_AT;
    List<Integer> outputs = new ArrayList<>();
    for (int i = 1; i <= all.getInt(at); i++) {
      outputs.add(all.getInt(at + i * Integer.BYTES));
    }
    return outputs;
  }

  private static Optional<String> difference(Outcome outcome, Departure<LsiPort> expected) {
    byte[] wanted = expected.frame().bytes();
    ByteBuffer is = outcome.frame();
    boolean tagIsBeside = is.remaining() == wanted.length - TAG_BYTES;
    ByteBuffer shown = tagIsBeside ? untagged(wanted) : ByteBuffer.wrap(wanted);
    return is.equals(shown)
        ? Optional.empty()
        : Optional.of("the frame that leaves last is " + NamespaceWires.frame(is));
  }

  private static ByteBuffer untagged(byte[] frame) {
    int rest = TAG_AT + TAG_BYTES;
    return ByteBuffer.allocate(frame.length - TAG_BYTES)
        .put(frame, 0, TAG_AT)
        .put(frame, rest, frame.length - rest)
        .flip();
  }
}
