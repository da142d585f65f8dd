package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.kit.Question;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** Machines outlive libvirtd, and a node that starts without it. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("virtual machines")
@EnabledIf(
    value = "org.universalnode.compute.libvirt.Bridge#isThere",
    disabledReason =
        "needs root, libvirtd, QEMU and a Debian mirror; the output says what is missing")
class WithoutLibvirtTest {
  @TempDir Path folder;

  @Test
  void aMachineThatRunsIsAdoptedAndWhatNeedsLibvirtIsRefusedUntilItIsBack() {
    try (MachineLab lab = new MachineLab(folder)) {
      FunctionSpec spec = lab.spec("{}");
      lab.start(lab.driver(), spec);
      ObservedInstance before = lab.driver().observe(spec.id()).orThrow();
      lab.libvirt().end();
      FunctionDriver successor = lab.driver();
      assertThat(successor.observe().orThrow()).containsExactly(before);
      lab.start(successor, spec);
      assertThat(new Question(lab.tap(spec, 0), MachineLab.ADDRESS.address()).isAnswered())
          .isTrue();
      assertThat(successor.pause(spec.id()))
          .isInstanceOfSatisfying(
              Result.Failed.class,
              failed -> {
                assertThat(failed.problem().code()).isEqualTo(Problem.Code.UNSUPPORTED);
                assertThat(failed.problem().nextStep()).isEqualTo("start libvirtd");
              });
      lab.libvirt().begin();
      successor.pause(spec.id()).orThrow();
      successor.resume(spec.id()).orThrow();
      assertThat(successor.observe(spec.id()).orThrow()).isEqualTo(before);
    }
  }

  @Test
  void oneThatWasSuspendedFromOutsideIsMended() {
    try (MachineLab lab = new MachineLab(folder)) {
      FunctionDriver driver = lab.driver();
      FunctionSpec spec = lab.spec("{}");
      lab.start(driver, spec);
      lab.virsh().call("suspend", lab.place().name());
      assertThat(driver.observe(spec.id()).orThrow().missing())
          .singleElement()
          .asString()
          .contains("suspended from outside");
      lab.start(driver, spec);
      assertThat(driver.observe(spec.id()).orThrow().isWhole()).isTrue();
      assertThat(new Question(lab.tap(spec, 0), MachineLab.ADDRESS.address()).isAnswered())
          .isTrue();
    }
  }
}
