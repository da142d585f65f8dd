package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.Processor;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.kit.Coverage;
import org.universalnode.switching.kit.Differential;
import org.universalnode.switching.kit.Disagreement;
import org.universalnode.switching.kit.Layout;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.kit.RealFrames;

/**
 * Random rules and frames, three ways: the reference, the kernel's test runs of the data plane, and
 * real frames. The system properties {@code differential.cases} and {@code differential.seed} say
 * how many cases and which.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class DifferentialTest {
  private static final long CASES = Long.getLong("differential.cases", 1_000_000);
  private static final long SEED = Long.getLong("differential.seed", System.nanoTime());

  /** One of the two switches that are compared with the reference. */
  private record Side(NamespaceWires wires, SwitchDriver driver, Layout layout)
      implements AutoCloseable {

    static Side of(UnaryOperator<Layout> shape) {
      NamespaceWires wires = new NamespaceWires();
      SwitchDriver driver = EbpfSwitch.open(wires.node()).orThrow();
      return new Side(wires, driver, shape.apply(new Layout(driver, wires)));
    }

    Path pins() {
      return BpfFilesystem.ROOT.resolve("universal-node").resolve(wires.node());
    }

    @Override
    public void close() {
      try (wires;
          driver) {
        layout.remove();
      }
    }
  }

  @Test
  void oneLsiDoesWhatTheReferenceSays() {
    compare(Layout::oneLsi, 0);
  }

  @Test
  void graphsBehindVirtualLinksDoWhatTheReferenceSays() {
    compare(Layout::graphs, 1);
  }

  @Test
  void aLearningGroupDoesWhatTheReferenceSays() {
    compare(Layout::learningGroup, 2);
  }

  private static void compare(UnaryOperator<Layout> shape, int number) {
    int processor = number % Runtime.getRuntime().availableProcessors();
    try (Side first = Side.of(shape);
        Side second = Side.of(shape)) {
      assertThat(second.layout().inPorts()).isEqualTo(first.layout().inPorts());
      new Processor(processor).call(() -> compare(first, second, processor));
    }
  }

  private static Coverage compare(Side first, Side second, int processor) {
    try (TestRuns runs = new TestRuns(first.driver(), first.layout(), first.pins(), processor)) {
      LearnedAddresses learned = new LearnedAddresses(second.pins());
      RealFrames frames = new RealFrames(second.driver(), second.layout(), second.wires(), learned);
      Differential differential =
          new Differential(first.layout(), first.driver().features(), List.of(runs, frames));
      System.out.println("differential.seed=" + SEED);
      long start = System.nanoTime();
      Optional<Disagreement> found = differential.run(SEED, CASES / 3);
      System.out.printf(
          "seed %d: %s; %.1f s%n",
          SEED, differential.coverage(), (System.nanoTime() - start) / 1e9);
      assertThat(found).isEmpty();
      return differential.coverage();
    }
  }
}
