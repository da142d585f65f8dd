package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
import org.universalnode.compute.PortSpec;
import org.universalnode.compute.kit.FunctionDriverConformance;
import org.universalnode.compute.kit.FunctionSite;
import org.universalnode.compute.kit.Question;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.PortLabel;

/** The driver of virtual machines does what every driver does. One machine at a time. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("virtual machines")
@EnabledIf(
    value = "org.universalnode.compute.libvirt.Bridge#isThere",
    disabledReason =
        "needs root, libvirtd, QEMU and a Debian mirror; the output says what is missing")
class LibvirtConformanceTest extends FunctionDriverConformance {
  private static final PortSpec SECOND =
      MachineLab.port(PortLabel.parse("wan:0"), 2, Optional.empty());

  @TempDir Path folder;

  @Override
  protected FunctionSite site() {
    return new Site(new MachineLab(folder));
  }

  private record Site(MachineLab lab) implements FunctionSite {
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
      return lab.spec(List.of(MachineLab.port(port, 3, Optional.of(MachineLab.ADDRESS))), "{}");
    }

    @Override
    public String greeting() {
      return "vm-bridge: hello";
    }

    @Override
    public ImageSource notAnImage() {
      return new ImageSource.Folder(Path.of("/proc/sys"));
    }

    /** Its second port is one of a bridge: what answers at the first one answers there. */
    @Override
    public Optional<SecondPort> second() {
      return Optional.of(
          new SecondPort() {
            @Override
            public FunctionSpec spec(String configuration) {
              return lab.spec(List.of(lab.spec("{}").ports().getFirst(), SECOND), configuration);
            }

            @Override
            public boolean answers() {
              String tap = lab.place().tapOf(SECOND.label());
              return new Question(tap, MachineLab.ADDRESS.address()).isAnswered();
            }

            @Override
            public void unplug() {
              try (RouteSocket route = RouteSocket.open()) {
                assertThat(route.link(lab.place().tapOf(SECOND.label()))).isEmpty();
              }
            }
          });
    }

    /** At whichever tap there is. */
    @Override
    public boolean answers(InstanceId id) {
      try (RouteSocket route = RouteSocket.open()) {
        return route.links().stream()
            .filter(
                link -> Place.nameIn(lab.place().node(), link.alias()).equals(lab.place().name()))
            .anyMatch(link -> new Question(link.name(), MachineLab.ADDRESS.address()).isAnswered());
      }
    }

    @Override
    public Optional<Engine> engine() {
      return Optional.of(
          new Engine() {
            @Override
            public void end() {
              lab.libvirt().end();
            }

            @Override
            public void begin() {
              lab.libvirt().begin();
            }
          });
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(30);
    }

    @Override
    public void plug(Instance instance) {
      lab.plug(instance);
    }

    @Override
    public void disturb(InstanceId id) {
      Emulator.of(lab.place().name()).orElseThrow().kill();
    }

    @Override
    public void vanish(InstanceId id) {
      try (RouteSocket route = RouteSocket.open()) {
        route.deleteLink(lab.tap(lab.spec("{}"), 0));
      }
    }

    @Override
    public void close() {
      lab.close();
    }
  }
}
