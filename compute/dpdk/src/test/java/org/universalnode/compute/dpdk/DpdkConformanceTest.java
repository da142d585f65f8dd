package org.universalnode.compute.dpdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.kit.FunctionDriverConformance;
import org.universalnode.compute.kit.FunctionSite;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.PortLabel;

/** The DPDK driver does what every driver does. A process takes a whole core: one at a time. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("a core")
@EnabledIf(
    value = "org.universalnode.compute.dpdk.InstalledDpdk#isThere",
    disabledReason = "needs root and dpdk-testpmd: install Debian's dpdk-dev")
class DpdkConformanceTest extends FunctionDriverConformance {
  private static final Duration ANSWER = Duration.ofMillis(500);

  @TempDir Path folder;

  @Override
  protected FunctionSite site() {
    return new Site(new DpdkLab(folder, 0, ""));
  }

  private record Site(DpdkLab lab) implements FunctionSite {
    @Override
    public FunctionDriver open() {
      return lab.driver();
    }

    @Override
    public FunctionSpec spec(String configuration) {
      return lab.spec(configuration);
    }

    @Override
    public FunctionSpec labelled(PortLabel port) {
      return lab.spec(port, "{}");
    }

    @Override
    public String greeting() {
      return "Set io packet forwarding mode";
    }

    @Override
    public ImageSource notAnImage() {
      return new ImageSource.Folder(lab.archive().resolveSibling("no archive"));
    }

    @Override
    public boolean answers(InstanceId id) {
      return lab.wire().carries(ANSWER) && lab.wire().reversed().carries(ANSWER);
    }

    /** Each process is on its own. */
    @Override
    public Optional<Engine> engine() {
      return Optional.empty();
    }

    @Override
    public Duration patience() {
      return DpdkLab.PATIENCE.start();
    }

    @Override
    public void plug(Instance instance) {
      lab.plug(instance);
    }

    @Override
    public void disturb(InstanceId id) {
      try (FunctionDriver asked = lab.driver()) {
        asked
            .observe(id)
            .orThrow()
            .processes()
            .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      }
    }

    @Override
    public void vanish(InstanceId id) {
      try (FunctionDriver asked = lab.driver()) {
        NetworkNamespace.named(asked.observe(id).orThrow().namespace()).delete();
      }
    }

    @Override
    public void close() {
      lab.close();
    }
  }
}
