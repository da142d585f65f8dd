package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.docker.DockerLab.ID;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.Containment;
import org.universalnode.compute.Execution;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.compute.PortSpec;
import org.universalnode.compute.kit.Question;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** Instances that were half made, many at a time, or asked for what they can't have. */
@ExtendWith(EngineExtension.class)
@org.junit.jupiter.api.parallel.Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("engine")
@EnabledIf(
    value = "org.universalnode.testbed.PrivateDocker#isInstalled",
    disabledReason = "needs root and dockerd: install Debian's docker.io")
class InstancesTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int SEVERAL = 4;

  private final DockerLab lab;
  private final FunctionDriver driver;
  private final Path folder;

  InstancesTest(EngineExtension.Shared shared, @TempDir Path folder) {
    this.folder = folder;
    lab = new DockerLab(shared, folder);
    driver = lab.driver();
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void whatWasHalfMadeWhenTheNodeDiedIsMadeAnewOrRemoved() {
    FunctionSpec spec = lab.spec("{}");
    Place place = lab.place();
    Recorded instance = Recorded.of(spec);
    Answer image = new Images(lab.client(), DockerLab.PATIENCE).describe(spec.image());
    WaitingProgram waiting = WaitingProgram.install(folder.resolve("docker"));
    List<Runnable> steps =
        List.of(
            () -> place.folder().write(instance),
            () ->
                lab.containers()
                    .create(place.name(), new ContainerRequest(instance, place, image, waiting)),
            () -> lab.containers().start(place.name()));
    for (int done = 1; done <= steps.size(); done++) {
      for (boolean anew : new boolean[] {true, false}) {
        steps.subList(0, done).forEach(Runnable::run);
        assertThat(driver.observe(ID).orThrow().state()).isEqualTo(State.BROKEN);
        if (anew) {
          lab.start(driver, spec);
          assertThat(driver.observe(ID).orThrow().isWhole()).isTrue();
        }
        driver.delete(ID).orThrow();
        assertThat(driver.observe().orThrow()).isEmpty();
        assertThat(lab.containers().names()).isEmpty();
      }
    }
  }

  @Test
  void oneThatDiesBetweenCreationAndStartIsStarted() {
    FunctionSpec spec = lab.spec("{}");
    lab.plug(driver.create(spec).orThrow());
    lab.killContainer();
    driver.start(spec).orThrow();
    assertThat(new Question(lab.wire(), DockerLab.ADDRESS.address()).isAnswered()).isTrue();
  }

  @Test
  void severalAreMadeAtTheSameTime() throws Exception {
    List<FunctionSpec> specs = new ArrayList<>();
    for (int i = 0; i < SEVERAL; i++) {
      specs.add(identified(new InstanceId("g", "f" + i)));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Instance>> made = new ArrayList<>();
      specs.forEach(spec -> made.add(threads.submit(() -> driver.create(spec).orThrow())));
      for (Future<Instance> instance : made) {
        lab.plug(instance.get());
      }
      List<Future<?>> started = new ArrayList<>();
      specs.forEach(spec -> started.add(threads.submit(() -> driver.start(spec).orThrow())));
      for (Future<?> start : started) {
        start.get();
      }
    }
    assertThat(driver.observe().orThrow()).hasSize(SEVERAL).allMatch(one -> one.isWhole());
  }

  @Test
  void itHasTheFilesAndDevicesOfItsTemplate() {
    FunctionSpec spec =
        contained(
            new Containment(
                Isolation.JAIL,
                64 << 20,
                50,
                OptionalInt.of(50),
                List.of(Path.of("/etc/debian_version")),
                List.of(Path.of("/dev/net/tun"))));
    lab.start(driver, spec);
    assertThat(run("cat", "/etc/debian_version").status()).isZero();
    assertThat(run("sh", "-c", "echo x > /etc/debian_version").status()).isNotZero();
    assertThat(run("sh", "-c", "exec 3<>/dev/net/tun").status()).isZero();
    assertThat(driver.stats(ID).orThrow().containment()).isEqualTo(spec.containment());
  }

  @Test
  void whatNoContainerCanBeIsRefused() {
    Containment user =
        new Containment(Isolation.USER, 64 << 20, 50, OptionalInt.empty(), List.of(), List.of());
    expectUnsupported(contained(user));
    FunctionSpec spec = lab.spec("{}");
    PortSpec port = spec.ports().getFirst();
    PortSpec socket = new PortSpec(port.label(), port.mac(), port.address(), "usvhost");
    expectUnsupported(
        new FunctionSpec(
            ID,
            spec.lsi(),
            spec.image(),
            List.of(socket),
            "{}",
            spec.containment(),
            Optional.empty()));
    expectUnsupported(
        new FunctionSpec(
            ID,
            spec.lsi(),
            spec.image(),
            spec.ports(),
            "{}",
            spec.containment(),
            Optional.of("many")));
  }

  @Test
  void theHealthCheckOfAnImageIsBelieved() throws IOException {
    Path source = folder.resolve("image");
    Files.createDirectories(source);
    Files.writeString(source.resolve("programs"), "/usr/bin/busybox sh sleep\n");
    Files.writeString(
        source.resolve("image.json"),
        """
        {"Entrypoint":["sleep","300"],
         "Healthcheck":{"Test":["CMD-SHELL","echo no peer; exit 1"],
                        "Interval":200000000,"Timeout":5000000000,"Retries":1}}
        """);
    Path archive = folder.resolve("image.tar");
    TestImage.build(source, archive);
    String image = driver.install(new ImageSource.File(archive)).orThrow();
    lab.start(driver, lab.spec(image, PortLabel.parse("lan:0"), "{}"));
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(driver.health(ID).orThrow().reason()).isEqualTo("no peer"));
  }

  private void expectUnsupported(FunctionSpec spec) {
    assertThat(driver.create(spec))
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> assertThat(failed.problem().code()).isEqualTo(Problem.Code.UNSUPPORTED));
  }

  private FunctionSpec contained(Containment containment) {
    FunctionSpec spec = lab.spec("{}");
    return new FunctionSpec(
        ID, spec.lsi(), spec.image(), spec.ports(), "{}", containment, Optional.empty());
  }

  private FunctionSpec identified(InstanceId id) {
    FunctionSpec spec = lab.spec("{}");
    return new FunctionSpec(
        id, spec.lsi(), spec.image(), spec.ports(), "{}", spec.containment(), Optional.empty());
  }

  private Execution run(String... command) {
    return driver.exec(ID, List.of(command), LONG).orThrow();
  }
}
