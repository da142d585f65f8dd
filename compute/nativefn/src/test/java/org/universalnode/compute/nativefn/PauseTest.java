package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.nativefn.DriverLab.ID;
import static org.universalnode.compute.nativefn.DriverLab.failure;
import static org.universalnode.compute.nativefn.DriverLab.log;
import static org.universalnode.compute.nativefn.DriverLab.observed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.Isolation;

@ParameterizedClass
@EnumSource
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class PauseTest {
  private static final String BUSY = "(while :; do :; done) &";

  @Parameter Isolation isolation = Isolation.NETWORK;
  @TempDir Path folder;
  private DriverLab lab = new DriverLab(Path.of(""), Isolation.NETWORK);

  @BeforeEach
  void begin() {
    lab = new DriverLab(folder, isolation);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void aPausedInstanceStandsStillWithoutACableUntilItIsResumed() throws Exception {
    lab.script("start", BUSY);
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    driver.pause(ID).orThrow();
    Duration paused = driver.stats(ID).orThrow().cpu();
    assertThat(observed(driver).state()).isEqualTo(State.PAUSED);
    assertThat(hasCarrier(driver)).isFalse();
    Thread.sleep(100);
    assertThat(driver.stats(ID).orThrow().cpu()).isEqualTo(paused);
    driver.resume(ID).orThrow();
    assertThat(observed(driver).state()).isEqualTo(State.STARTED);
    Awaitility.await().until(() -> hasCarrier(driver));
    Awaitility.await().until(() -> driver.stats(ID).orThrow().cpu().compareTo(paused) > 0);
  }

  @Test
  void itsHandlersAreToldOncePerChange() throws IOException {
    lab.script("start", "true");
    lab.script("pause", "echo good night");
    lab.script("resume", "echo good morning");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    driver.resume(ID).orThrow();
    driver.pause(ID).orThrow();
    driver.pause(ID).orThrow();
    driver.resume(ID).orThrow();
    driver.resume(ID).orThrow();
    assertThat(log(driver)).isEqualTo("good night\ngood morning\n");
  }

  @Test
  void anotherDriverFindsItPausedAndCanUpdateAndDeleteIt() throws IOException {
    lab.script("start", BUSY);
    lab.script("update", "cat $UN_CONFIG");
    lab.start(lab.driver(), "{}");
    lab.driver().pause(ID).orThrow();
    FunctionDriver successor = lab.driver();
    lab.start(successor, "{}");
    assertThat(observed(successor).state()).isEqualTo(State.PAUSED);
    assertThat(hasCarrier(successor)).isFalse();
    successor.update(lab.spec("{\"a\":1}")).orThrow();
    assertThat(observed(successor).state()).isEqualTo(State.PAUSED);
    assertThat(log(successor)).isEqualTo("{\"a\":1}");
    successor.delete(ID).orThrow();
    assertThat(observed(successor).state()).isEqualTo(State.BROKEN);
  }

  @Test
  void nothingRunsInAPausedInstance() throws IOException {
    lab.script("start", "true");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    driver.pause(ID).orThrow();
    assertThat(failure(driver.exec(ID, List.of("true"), Duration.ofSeconds(5))).detail())
        .contains("paused");
    assertThat(driver.health(ID).orThrow().reason()).contains("paused");
  }

  @Test
  void whatIsNotStartedCannotBePaused() throws IOException {
    lab.script("start", "true");
    FunctionDriver driver = lab.driver();
    lab.make(driver, lab.spec("{}"));
    assertThat(failure(driver.pause(ID)).detail()).contains("not started");
  }

  private static boolean hasCarrier(FunctionDriver driver) {
    NetworkNamespace namespace = NetworkNamespace.named(observed(driver).namespace());
    try (RouteSocket inside = namespace.routeSocket()) {
      return inside.isRunning(inside.link("lan0").orElseThrow());
    }
  }
}
