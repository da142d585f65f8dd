package org.universalnode.switching.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.kit.Differential;
import org.universalnode.switching.kit.Disagreement;
import org.universalnode.switching.kit.Layout;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.kit.RealFrames;
import org.universalnode.testbed.PrivateOpenVswitch;

/**
 * Random rules and frames: the reference, and an Open vSwitch of the test's own. The system
 * properties {@code differential.cases} and {@code differential.seed} say how many cases and which.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class DifferentialTest {
  private static final long CASES = Long.getLong("differential.cases", 10_000);
  private static final long SEED = Long.getLong("differential.seed", System.nanoTime());

  private final NetworkNamespace namespace =
      NetworkNamespace.create("ovsd" + ProcessHandle.current().pid() + "x" + System.nanoTime());
  private final PrivateOpenVswitch ovs = PrivateOpenVswitch.in(namespace);

  @AfterEach
  void nothingIsLeft() {
    try (ovs) {
      assertThat(ovs.vsctl("list-br")).isEmpty();
    } finally {
      namespace.delete();
    }
  }

  @Test
  void oneLsiDoesWhatTheReferenceSays() {
    compare(Layout::oneLsi);
  }

  @Test
  void graphsBehindVirtualLinksDoWhatTheReferenceSays() {
    compare(Layout::graphs);
  }

  private void compare(UnaryOperator<Layout> shape) {
    NamespaceWires wires = new OpenVswitchWires(namespace, ovs);
    SwitchDriver driver =
        namespace.call(() -> OpenVswitchDriver.open(wires.node(), ovs.socket()).orThrow());
    try (wires;
        driver) {
      Layout layout = shape.apply(new Layout(driver, wires));
      RealFrames frames = new RealFrames(driver, layout, wires, () -> {});
      compare(new Differential(layout, driver.features(), List.of(frames)));
      layout.remove();
    }
  }

  private static void compare(Differential differential) {
    System.out.println("differential.seed=" + SEED);
    long start = System.nanoTime();
    Optional<Disagreement> found = differential.run(SEED, CASES / 2);
    System.out.printf(
        "seed %d: %s; %.1f s%n", SEED, differential.coverage(), (System.nanoTime() - start) / 1e9);
    assertThat(found).isEmpty();
  }
}
