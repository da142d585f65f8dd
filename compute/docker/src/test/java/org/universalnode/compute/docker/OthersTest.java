package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.docker.DockerLab.ID;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.compute.kit.Question;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** What others do to containers, and what is not done to the containers of others. */
@ExtendWith(EngineExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("engine")
@EnabledIf(
    value = "org.universalnode.testbed.PrivateDocker#isInstalled",
    disabledReason = "needs root and dockerd: install Debian's docker.io")
class OthersTest {
  private final EngineExtension.Shared shared;
  private final DockerLab lab;
  private final FunctionDriver driver;

  OthersTest(EngineExtension.Shared shared, @TempDir Path folder) {
    this.shared = shared;
    lab = new DockerLab(shared, folder);
    driver = lab.driver();
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void aContainerOfSomebodyElseIsNotTouched() {
    Engine engine = shared.client();
    String name = lab.place().name();
    JsonObject foreign = new JsonObject();
    foreign.addProperty("Image", shared.image());
    JsonArray command = new JsonArray();
    command.add("true");
    foreign.add("Cmd", command);
    engine.ask(engine.post("/containers/create?name=" + name, foreign));
    try {
      assertThat(driver.observe().orThrow()).isEmpty();
      assertThat(driver.create(lab.spec("{}")))
          .isInstanceOfSatisfying(
              Result.Failed.class,
              failed -> assertThat(failed.problem().code()).isEqualTo(Problem.Code.CONFLICT));
      assertThat(engine.find(engine.get(Containers.path(name) + "/json"))).isPresent();
    } finally {
      engine.tell(engine.delete(Containers.path(name) + "?force=true"));
    }
  }

  @Test
  void oneThatWasRemovedIsMadeAnew() {
    lab.start(driver, lab.spec("{}"));
    lab.containers().remove(lab.place().name());
    assertThat(driver.observe(ID).orThrow().isWhole()).isFalse();
    lab.start(driver, lab.spec("{}"));
    assertThat(driver.observe(ID).orThrow().isWhole()).isTrue();
  }

  @Test
  void oneThatWasStartedAgainByHandIsStartedAgainWithItsPorts() {
    lab.start(driver, lab.spec("{}"));
    lab.containers().stop(lab.place().name());
    lab.containers().start(lab.place().name());
    assertThat(driver.observe(ID).orThrow().isWhole()).isFalse();
    lab.start(driver, lab.spec("{}"));
    assertThat(new Question(lab.wire(), DockerLab.ADDRESS.address()).isAnswered()).isTrue();
  }

  @Test
  void oneWithoutItsFolderIsRemoved() throws IOException {
    lab.start(driver, lab.spec("{}"));
    lab.place().folder().delete();
    assertThat(driver.observe().orThrow()).isEmpty();
    assertThat(lab.containers().names()).isEmpty();
    assertThat(lab.place().namespace().exists()).isFalse();
    assertThat(Files.exists(lab.place().folder().path())).isFalse();
  }

  @Test
  void onePastItsPortsIsBroken() {
    lab.start(driver, lab.spec("{}"));
    lab.losePorts();
    assertThat(driver.observe(ID).orThrow().state()).isEqualTo(State.BROKEN);
    lab.start(driver, lab.spec("{}"));
    assertThat(driver.observe(ID).orThrow().isWhole()).isTrue();
  }

  @Test
  void oneWhosePortsWereLeftBehindWhenTheNodeDiedIsMadeAnew() {
    lab.start(driver, lab.spec("{}"));
    String name = lab.place().name();
    lab.containers().stop(name);
    lab.containers().start(name);
    NetworkNamespace.pin(name, lab.containers().get(name).pid());
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(driver.observe(ID).orThrow().state()).isEqualTo(State.BROKEN));
    lab.start(driver, lab.spec("{}"));
    assertThat(driver.observe(ID).orThrow().isWhole()).isTrue();
    assertThat(new Question(lab.wire(), DockerLab.ADDRESS.address()).isAnswered()).isTrue();
  }

  @Test
  void anEngineThatHangsIsNotWaitedForLong() {
    lab.start(driver, lab.spec("{}"));
    Duration second = Duration.ofSeconds(1);
    FunctionDriver hasty = lab.driver(new Patience(second, second, second));
    shared.engine().hang();
    try {
      long begin = System.nanoTime();
      assertThat(hasty.pause(ID))
          .isInstanceOfSatisfying(
              Result.Failed.class,
              failed -> assertThat(failed.problem().code()).isEqualTo(Problem.Code.TIMEOUT));
      assertThat(hasty.observe().orThrow()).hasSize(1).allMatch(one -> one.isWhole());
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
      assertThat(new Question(lab.wire(), DockerLab.ADDRESS.address()).isAnswered()).isTrue();
    } finally {
      shared.engine().goOn();
    }
    hasty.pause(ID).orThrow(); // whatever the engine did of it meanwhile
    hasty.resume(ID).orThrow();
    assertThat(new Question(lab.wire(), DockerLab.ADDRESS.address()).isAnswered()).isTrue();
  }

  @Test
  void whileTheEngineIsDeadItsContainersServeAndItIsSaidWhatCantBeDone() {
    lab.start(driver, lab.spec("{}"));
    shared.engine().end();
    try {
      assertThat(new Question(lab.wire(), DockerLab.ADDRESS.address()).isAnswered()).isTrue();
      assertThat(driver.observe().orThrow())
          .singleElement()
          .satisfies(one -> assertThat(one.isWhole()).isTrue());
      driver.create(lab.spec("{}")).orThrow();
      driver.start(lab.spec("{}")).orThrow();
      for (Result<?> refused : List.of(driver.stop(ID), driver.delete(ID))) {
        assertThat(refused)
            .isInstanceOfSatisfying(
                Result.Failed.class,
                failed -> assertThat(failed.problem().code()).isEqualTo(Problem.Code.UNAVAILABLE));
      }
      assertThat(driver.pause(ID)).isInstanceOf(Result.Failed.class);
      assertThat(driver.observe(ID).orThrow().state()).isEqualTo(State.STARTED);
      assertThat(new Question(lab.wire(), DockerLab.ADDRESS.address()).isAnswered()).isTrue();
    } finally {
      shared.engine().begin();
    }
  }
}
