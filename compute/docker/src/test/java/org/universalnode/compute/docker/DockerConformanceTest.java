package org.universalnode.compute.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
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
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

/** The Docker driver does what every driver does. The engine dies in between: one at a time. */
@ExtendWith(EngineExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("engine")
@EnabledIf(
    value = "org.universalnode.testbed.PrivateDocker#isInstalled",
    disabledReason = "needs root and dockerd: install Debian's docker.io")
class DockerConformanceTest extends FunctionDriverConformance {
  private static final PortSpec SECOND =
      new PortSpec(
          PortLabel.parse("wan:0"),
          MacAddress.parse("02:00:00:00:00:02"),
          Optional.of(InterfaceAddress.parse("10.6.1.1/24")));

  private final EngineExtension.Shared shared;
  @TempDir Path folder;

  DockerConformanceTest(EngineExtension.Shared shared) {
    this.shared = shared;
  }

  @Override
  protected FunctionSite site() {
    return new Site(new DockerLab(shared, folder), folder);
  }

  private record Site(DockerLab lab, Path folder) implements FunctionSite {
    @Override
    public FunctionDriver open() {
      return lab.driver();
    }

    @Override
    public FunctionSpec spec(String configuration) {
      return lab.spec(configuration);
    }

    @Override
    public FunctionSpec labelled(PortLabel label) {
      return lab.spec(label, "{}");
    }

    @Override
    public Optional<SecondPort> second() {
      return Optional.of(
          new SecondPort() {
            @Override
            public FunctionSpec spec(String configuration) {
              FunctionSpec spec = lab.spec(configuration);
              return spec.ported(List.of(spec.ports().getFirst(), SECOND));
            }

            @Override
            public boolean answers() {
              return isAnswered(SECOND);
            }

            @Override
            public void unplug() {
              lab.unplug(SECOND);
            }
          });
    }

    private boolean isAnswered(PortSpec port) {
      return new Question(lab.wire(port), port.address().orElseThrow().address()).isAnswered();
    }

    @Override
    public String greeting() {
      return "hello";
    }

    @Override
    public ImageSource notAnImage() {
      try {
        return new ImageSource.File(Files.writeString(folder.resolve("image.tar"), "no archive"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean answers(InstanceId id) {
      return isAnswered(lab.spec("{}").ports().getFirst());
    }

    @Override
    public Optional<Engine> engine() {
      return Optional.of(
          new Engine() {
            @Override
            public void end() {
              lab.engine().end();
            }

            @Override
            public void begin() {
              lab.engine().begin();
            }
          });
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(10);
    }

    @Override
    public void plug(Instance instance) {
      lab.plug(instance);
    }

    @Override
    public void disturb(InstanceId id) {
      lab.killContainer();
    }

    @Override
    public void vanish(InstanceId id) {
      NetworkNamespace.named(lab.place().name()).delete();
    }

    @Override
    public void close() {
      lab.close();
    }
  }
}
