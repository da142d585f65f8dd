package org.universalnode.compute.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.universalnode.compute.Containment;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.compute.PortSpec;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

/** The fake is a driver as any other. */
class FakeFunctionsTest extends FunctionDriverConformance {
  private static final InstanceId ID = new InstanceId("g1", "fw");

  @Override
  protected FunctionSite site() {
    return new Site(new FakeFunctions());
  }

  @Test
  void oneThatComplainsIsIllUntilItIsStartedAgain() {
    FakeFunctions functions = new FakeFunctions();
    FunctionDriver driver = functions.driver();
    driver.create(Site.made("{}")).orThrow();
    driver.start(Site.made("{}")).orThrow();
    functions.complain(ID, "no lease");
    assertThat(driver.health(ID).orThrow().reason()).isEqualTo("no lease");
    driver.stop(ID).orThrow();
    driver.start(Site.made("{}")).orThrow();
    assertThat(driver.health(ID).orThrow().isGood()).isTrue();
  }

  private record Site(FakeFunctions functions) implements FunctionSite {
    static FunctionSpec made(String configuration) {
      return made(configuration, List.of(PortLabel.parse("lan:0")));
    }

    private static FunctionSpec made(String configuration, List<PortLabel> labels) {
      List<PortSpec> ports = new ArrayList<>();
      labels.forEach(of -> ports.add(new PortSpec(of, new MacAddress(2), Optional.empty())));
      Containment containment =
          new Containment(
              Isolation.NETWORK, 64 << 20, 100, OptionalInt.empty(), List.of(), List.of());
      return new FunctionSpec(ID, 1, "/image", ports, configuration, containment, Optional.empty());
    }

    @Override
    public FunctionDriver open() {
      return functions.driver();
    }

    @Override
    public FunctionSpec spec(String configuration) {
      return made(configuration);
    }

    @Override
    public FunctionSpec labelled(PortLabel port) {
      return made("{}", List.of(port));
    }

    @Override
    public Optional<SecondPort> second() {
      return Optional.of(
          new SecondPort() {
            @Override
            public FunctionSpec spec(String configuration) {
              return made(
                  configuration, List.of(PortLabel.parse("lan:0"), PortLabel.parse("wan:0")));
            }

            @Override
            public boolean answers() {
              return Site.this.answers(ID) && functions.get(ID).spec().ports().size() == 2;
            }

            @Override
            public void unplug() {}
          });
    }

    @Override
    public String greeting() {
      return FakeFunctions.GREETING;
    }

    @Override
    public ImageSource notAnImage() {
      return FakeFunctions.NO_IMAGE;
    }

    @Override
    public boolean answers(InstanceId id) {
      return functions.driver().observe(id).orThrow().state() == State.STARTED;
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
      assertThat(instance.ports()).isNotEmpty();
    }

    @Override
    public void disturb(InstanceId id) {
      functions.disturb(id);
    }

    @Override
    public void vanish(InstanceId id) {
      functions.vanish(id);
    }

    @Override
    public void close() {
      functions.driver().delete(ID).orThrow();
      assertThat(functions.ids()).isEmpty();
    }
  }
}
