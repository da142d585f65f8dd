package org.universalnode.compute.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.universalnode.compute.kit.FunctionDriverConformance;
import org.universalnode.compute.kit.FunctionSite;
import org.universalnode.compute.kit.Question;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.PortLabel;

/** The Docker driver does what every driver does. The engine dies in between: one at a time. */
@ExtendWith(EngineExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("engine")
@EnabledIf(
    value = "org.universalnode.compute.docker.PrivateEngine#isInstalled",
    disabledReason = "needs root and dockerd: install Debian's docker.io")
class DockerConformanceTest extends FunctionDriverConformance {
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
      return new Question(lab.wire(), DockerLab.ADDRESS.address()).isAnswered();
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
