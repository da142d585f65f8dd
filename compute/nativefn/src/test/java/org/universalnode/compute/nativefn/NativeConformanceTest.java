package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortSpec;
import org.universalnode.compute.kit.FunctionDriverConformance;
import org.universalnode.compute.kit.FunctionSite;
import org.universalnode.compute.kit.Question;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

/** The native driver does what every driver does, at every rung. */
@ParameterizedClass
@EnumSource
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NativeConformanceTest extends FunctionDriverConformance {
  private static final String GREETING = "hello";
  private static final PortSpec SECOND =
      new PortSpec(
          PortLabel.parse("wan:0"),
          MacAddress.parse("02:00:00:00:00:02"),
          Optional.of(InterfaceAddress.parse("10.5.1.1/24")));

  @Parameter Isolation isolation = Isolation.NETWORK;
  @TempDir Path folder;

  @Override
  protected FunctionSite site() {
    DriverLab lab = new DriverLab(folder, isolation);
    try {
      lab.script("start", "echo " + GREETING + "; setsid sleep 300 &");
      lab.script("update", "exit 0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Site(lab, lab.driver());
  }

  private record Site(DriverLab lab, FunctionDriver first) implements FunctionSite {
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
      FunctionSpec spec = lab.spec("{}");
      PortSpec port = spec.ports().getFirst();
      return spec.ported(List.of(new PortSpec(label, port.mac(), port.address())));
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
      return GREETING;
    }

    @Override
    public ImageSource notAnImage() {
      return new ImageSource.Registry("bridge:1", Optional.empty());
    }

    @Override
    public boolean answers(InstanceId id) {
      return isAnswered(lab.spec("{}").ports().getFirst());
    }

    @Override
    public Optional<Engine> engine() {
      return Optional.empty();
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(5);
    }

    @Override
    public void plug(Instance instance) {
      lab.plug(instance);
    }

    @Override
    public void disturb(InstanceId id) {
      Harm.killAll(first.observe(id).orThrow().processes());
    }

    @Override
    public void vanish(InstanceId id) {
      Harm.unpin(first.observe(id).orThrow().namespace());
    }

    @Override
    public void close() {
      lab.close();
    }
  }
}
