package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.nativefn.DriverLab.ID;
import static org.universalnode.compute.nativefn.DriverLab.failure;
import static org.universalnode.compute.nativefn.DriverLab.log;
import static org.universalnode.compute.nativefn.DriverLab.observed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
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
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.Isolation;
import org.universalnode.problem.Problem;

@ParameterizedClass
@EnumSource
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NativeDriverTest {
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
  void theStartHandlerSeesThePortsAndItsConfiguration() throws IOException {
    lab.script(
        "start", "echo args $*; env | grep ^UN_ | sort; cat $UN_CONFIG; ip -br addr show lan0");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{\"a\":1}");
    assertThat(log(driver))
        .contains("args 7 fw 1 lan0")
        .contains("UN_PORT_LAN_0=lan0")
        .contains("UN_GRAPH=g1")
        .contains("UN_FUNCTION=fw")
        .contains("{\"a\":1}")
        .containsPattern("lan0@\\S+ +UP +10.5.0.1/24");
    assertThat(observed(driver).state()).isEqualTo(State.STARTED);
  }

  @Test
  void daemonsAreSeenByAnotherDriverAndEndedByStop() throws IOException {
    lab.script("start", "setsid sleep 300 & (setsid sleep 300 &)");
    lab.start(lab.driver(), "{}");
    FunctionDriver successor = lab.driver();
    Set<Integer> processes = observed(successor).processes();
    assertThat(processes).hasSize(2);
    successor.start(lab.spec("{}")).orThrow();
    assertThat(observed(successor).processes()).isEqualTo(processes);
    successor.stop(ID).orThrow();
    assertThat(observed(successor))
        .returns(State.CREATED, ObservedInstance::state)
        .returns(Set.of(), ObservedInstance::processes);
  }

  @Test
  void theStopHandlerRunsOnceForEachStart() throws IOException {
    lab.script("start", "true");
    lab.script("stop", "echo stopped with $*");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    driver.stop(ID).orThrow();
    driver.stop(ID).orThrow();
    assertThat(log(driver)).isEqualTo("stopped with 7 fw 1 lan0\n");
  }

  @Test
  void theUpdateHandlerRunsWhenTheConfigurationChanges() throws IOException {
    lab.script("start", "setsid sleep 300 &");
    lab.script("update", "cat $UN_CONFIG");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{\"a\":1}");
    Set<Integer> processes = observed(driver).processes();
    driver.update(lab.spec("{\"a\":1}")).orThrow();
    driver.update(lab.spec("{\"a\":2}")).orThrow();
    assertThat(log(driver)).isEqualTo("{\"a\":2}");
    assertThat(observed(driver).processes()).isEqualTo(processes);
  }

  @Test
  void aFunctionWithoutUpdateHandlerIsStartedAgain() throws IOException {
    lab.script("start", "cat $UN_CONFIG; setsid sleep 300 &");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{\"a\":1}");
    Set<Integer> processes = observed(driver).processes();
    driver.update(lab.spec("{\"a\":2}")).orThrow();
    assertThat(log(driver)).isEqualTo("{\"a\":1}{\"a\":2}");
    assertThat(observed(driver).processes()).hasSize(1).doesNotContainAnyElementsOf(processes);
  }

  @Test
  void anUpdateThatFailsLeavesTheFunctionRunningAsItDid() throws IOException {
    lab.script("start", "setsid sleep 300 &");
    lab.script("update", "echo refused; exit 1");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{\"a\":1}");
    Set<Integer> processes = observed(driver).processes();
    assertThat(failure(driver.update(lab.spec("{\"a\":2}"))).detail())
        .contains("update", "refused");
    assertThat(observed(driver).processes()).isEqualTo(processes);
    driver.update(lab.spec("{\"a\":1}")).orThrow();
  }

  @Test
  void aRestartThatFailsBringsTheOldConfigurationBack() throws IOException {
    lab.script("start", "cat $UN_CONFIG; grep -q 1 $UN_CONFIG && (setsid sleep 300 &)");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{\"a\":1}");
    assertThat(failure(driver.update(lab.spec("{\"a\":2}"))).detail()).contains("status 1");
    assertThat(log(driver)).endsWith("{\"a\":1}");
    assertThat(observed(driver).state()).isEqualTo(State.STARTED);
    assertThat(observed(driver).processes()).hasSize(1);
  }

  @Test
  void aFailingHandlerIsReportedWithWhatItSaidLast() throws IOException {
    lab.script("start", "sleep 300 & echo first; echo no such thing as nft >&2; exit 4");
    FunctionDriver driver = lab.driver();
    lab.make(driver, lab.spec("{}"));
    Problem problem = failure(driver.start(lab.spec("{}")));
    assertThat(problem.code()).isEqualTo(Problem.Code.HANDLER);
    assertThat(problem.detail()).contains("start", "g1/fw", "status 4", "no such thing as nft");
    assertThat(observed(driver).state()).isEqualTo(State.CREATED);
    assertThat(observed(driver).processes()).isEmpty();
  }

  @Test
  void aHandlerThatDoesNotReturnIsEndedWithAllItStarted() throws IOException {
    lab.script("start", "trap '' TERM HUP; sleep 300 & while :; do sleep 1; done");
    FunctionDriver driver = lab.driver();
    lab.make(driver, lab.spec("{}"));
    Problem problem = failure(driver.start(lab.spec("{}")));
    assertThat(problem.code()).isEqualTo(Problem.Code.TIMEOUT);
    Awaitility.await().untilAsserted(() -> assertThat(observed(driver).processes()).isEmpty());
  }

  @Test
  void aStopHandlerThatHangsDoesNotPreventDeletion() throws IOException {
    lab.script("start", "sleep 300 &");
    lab.script("stop", "sleep 300");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    driver.delete(ID).orThrow();
    assertThat(driver.observe().orThrow()).isEmpty();
  }

  @Test
  void aHandlerThatIsNoProgramIsSaidSo() throws IOException {
    Files.createDirectories(lab.archive());
    Files.writeString(lab.archive().resolve("start"), "#!/nonexistent/interpreter\n");
    assertThat(lab.archive().resolve("start").toFile().setExecutable(true)).isTrue();
    FunctionDriver driver = lab.driver();
    lab.make(driver, lab.spec("{}"));
    assertThat(failure(driver.start(lab.spec("{}"))).detail()).contains("cannot execute", "start");
  }

  @Test
  void anInstanceThatLostItsNamespaceIsBrokenAndCanBeMadeAgain() throws IOException {
    lab.script("start", "true");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    NetworkNamespace.named(observed(driver).namespace()).delete();
    assertThat(observed(driver).state()).isEqualTo(State.BROKEN);
    lab.make(driver, lab.spec("{}"));
    assertThat(observed(driver).state()).isEqualTo(State.CREATED);
  }

  @Test
  void anInstanceThatLostAPortIsMadeAgain() throws IOException {
    lab.script("start", "echo begun");
    FunctionDriver driver = lab.driver();
    lab.start(driver, "{}");
    driver.create(lab.spec("{}")).orThrow();
    assertThat(observed(driver).state()).isEqualTo(State.STARTED);
    lab.losePorts();
    lab.make(driver, lab.spec("{}"));
    assertThat(observed(driver).state()).isEqualTo(State.CREATED);
    driver.start(lab.spec("{}")).orThrow();
    assertThat(log(driver)).contains("begun");
  }
}
