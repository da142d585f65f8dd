package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.docker.DockerLab.ID;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.compute.kit.Question;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** How containers get images, configurations, and refusals. */
@ExtendWith(EngineExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("engine")
@EnabledIf(
    value = "org.universalnode.testbed.PrivateDocker#isInstalled",
    disabledReason = "needs root and dockerd: install Debian's docker.io")
class UpdateTest {
  private final DockerLab lab;
  private final FunctionDriver driver;
  private final Path folder;

  UpdateTest(EngineExtension.Shared shared, @TempDir Path folder) {
    this.folder = folder;
    lab = new DockerLab(shared, folder);
    driver = lab.driver();
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void withoutAnUpdaterItIsStartedAgain() {
    lab.start(driver, lab.spec("{\"a\":1}"));
    int before = process();
    driver.update(lab.spec("{\"a\":1}")).orThrow();
    assertThat(process()).isEqualTo(before);
    driver.update(lab.spec("{\"a\":2}")).orThrow();
    assertThat(process()).isNotEqualTo(before);
    Awaitility.await().until(() -> lab.log(driver).contains("{\"a\":2}"));
    assertThat(answers()).isTrue();
  }

  @Test
  void anUpdaterTakesItOrLeavesItWithoutAnInterruption() throws IOException {
    Path source = folder.resolve("image");
    Files.createDirectories(source.resolve("root/un"));
    Files.writeString(source.resolve("programs"), "/usr/bin/busybox sh cat grep sleep\n");
    Files.writeString(
        source.resolve("image.json"),
        """
        {"Entrypoint":["sleep"],"Cmd":["300"],"Labels":{"org.universalnode.update":"/un/take"}}
        """);
    Path updater = source.resolve("root/un/take");
    Files.writeString(
        updater, "#!/bin/sh\nif grep bad $UN_CONFIG; then echo too bad; exit 1; fi\n");
    updater.toFile().setExecutable(true);
    Path archive = folder.resolve("image.tar");
    TestImage.build(source, archive);
    String image = driver.install(new ImageSource.File(archive)).orThrow();
    assertThat(driver.install(new ImageSource.File(archive)).orThrow()).isEqualTo(image);
    PortLabel lan = PortLabel.parse("lan:0");
    lab.start(driver, lab.spec(image, lan, "{}"));
    int before = process();
    driver.update(lab.spec(image, lan, "{\"a\":\"good\"}")).orThrow();
    assertThat(problem(driver.update(lab.spec(image, lan, "{\"a\":\"bad\"}"))))
        .returns(Problem.Code.HANDLER, Problem::code)
        .satisfies(told -> assertThat(told.detail()).contains("too bad"));
    assertThat(driver.exec(ID, List.of("sh", "-c", "cat $UN_CONFIG"), DockerLab.PATIENCE.call()))
        .satisfies(done -> assertThat(done.orThrow().output()).isEqualTo("{\"a\":\"good\"}"));
    assertThat(process()).isEqualTo(before);
  }

  @Test
  void aPausedOneStaysSoWhenItIsUpdated() {
    lab.start(driver, lab.spec("{}"));
    driver.pause(ID).orThrow();
    driver.update(lab.spec("{\"a\":2}")).orThrow();
    assertThat(driver.observe(ID).orThrow().state()).isEqualTo(State.PAUSED);
    assertThat(answers()).isFalse();
    driver.resume(ID).orThrow();
    assertThat(answers()).isTrue();
  }

  @Test
  void whatIsNoImageIsRefused() throws IOException {
    assertThat(refused(new ImageSource.Folder(folder))).isEqualTo(Problem.Code.UNSUPPORTED);
    Path garbage = Files.write(folder.resolve("garbage"), new byte[2000]);
    assertThat(refused(new ImageSource.File(garbage))).isEqualTo(Problem.Code.INVALID_DOCUMENT);
    Optional<String> any = Optional.empty();
    assertThat(refused(new ImageSource.Registry("127.0.0.1:1/none:1", any)))
        .isEqualTo(Problem.Code.UNAVAILABLE);
    for (String bad :
        List.of("no Such/../name", "", "box?x=y", "../containers/x", "a b", "box\r\nX: y")) {
      assertThat(refused(new ImageSource.Registry(bad, any)))
          .isEqualTo(Problem.Code.INVALID_DOCUMENT);
    }
    assertThat(refused(new ImageSource.Registry("127.0.0.1:1/none:1", Optional.of("0".repeat(64)))))
        .isEqualTo(Problem.Code.UNAVAILABLE);
  }

  @Test
  void whatTheEngineHasIsNotFetched() {
    FunctionSpec spec = lab.spec("{}");
    Engine engine = lab.client();
    engine.tell(engine.post("/images/" + spec.image() + "/tag?repo=local/box&tag=1"));
    assertThat(driver.install(new ImageSource.Registry("local/box:1", Optional.empty())))
        .isEqualTo(Result.done(spec.image()));
  }

  @Test
  void anImageThatIsGoneOrCantBeRunIsSaid() throws IOException {
    PortLabel lan = PortLabel.parse("lan:0");
    assertThat(problem(driver.create(lab.spec("sha256:" + "0".repeat(64), lan, "{}"))).code())
        .isEqualTo(Problem.Code.NOT_FOUND);
    Path source = folder.resolve("image");
    Files.createDirectories(source);
    Files.writeString(source.resolve("programs"), "/usr/bin/busybox sh\n");
    Files.writeString(source.resolve("image.json"), "{\"Entrypoint\":[\"no-such-program\"]}");
    Path archive = folder.resolve("image.tar");
    TestImage.build(source, archive);
    FunctionSpec spec =
        lab.spec(driver.install(new ImageSource.File(archive)).orThrow(), lan, "{}");
    lab.plug(driver.create(spec).orThrow());
    Problem told = problem(driver.start(spec));
    assertThat(told.code()).isEqualTo(Problem.Code.HANDLER);
    assertThat(told.detail()).contains("can't execute no-such-program");
  }

  private int process() {
    return lab.containers().get(lab.place().name()).pid();
  }

  private boolean answers() {
    return new Question(lab.wire(), DockerLab.ADDRESS.address()).isAnswered();
  }

  private Problem.Code refused(ImageSource source) {
    Problem told = problem(driver.install(source));
    assertThat(told.nextStep()).isNotEmpty();
    return told.code();
  }

  private static Problem problem(Result<?> result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed<?>) result).problem();
  }
}
