package org.universalnode.node.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.catalog.Dependency;
import org.universalnode.catalog.capability.Discovery;
import org.universalnode.catalog.capability.Finding;
import org.universalnode.catalog.capability.KernelTrial;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class MachineTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** Where a machine has its kernel's configuration, asking the kernel must say the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {"8021q", "bonding", "bridge", "dummy", "ipvlan", "macvlan", "macsec", "veth"})
  void aTrialAgreesWithTheKernelsConfiguration(String module) {
    Finding configured = find(module, KernelTrial.NONE);
    Finding tried = find(module, new LinkTrial());
    if (!(configured instanceof Finding.Unknown)) {
      assertThat(tried.getClass()).as("%s, %s", configured, tried).isEqualTo(configured.getClass());
    }
    assertThat(tried).isNotInstanceOf(Finding.Unknown.class);
  }

  @Test
  void programsGiveWhatTheyPrint() throws IOException {
    MachinePrograms programs = new MachinePrograms(folder);
    assertThat(programs.run(List.of("/bin/echo", "a b"), LIMIT)).isEqualTo(Result.done("a b\n"));
    assertThat(problem(programs.run(List.of("/bin/false"), LIMIT)).code())
        .isEqualTo(Code.UNSUPPORTED);
    assertThat(problem(programs.run(List.of("/bin/sleep", "5"), Duration.ofMillis(100))).code())
        .isEqualTo(Code.TIMEOUT);
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private Finding find(String module, KernelTrial trial) {
    return new Discovery(Path.of("/"), new MachinePrograms(folder), trial)
        .find(new Dependency(module, Dependency.Type.KERNEL_FEATURE));
  }

  private static Problem problem(Result<String> result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed<String>) result).problem();
  }
}
