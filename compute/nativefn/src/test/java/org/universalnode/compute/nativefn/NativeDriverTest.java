package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NativeDriverTest {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final NativeDriver.Patience PATIENCE =
      new NativeDriver.Patience(Duration.ofMillis(1500), Duration.ofMillis(300));
  private static final InstanceId ID = new InstanceId("g1", "fw");

  @TempDir Path folder;
  private final String node = "ut" + ProcessHandle.current().pid() + "n" + NEXT.incrementAndGet();

  @AfterEach
  void nothingIsLeft() {
    FunctionDriver driver = driver();
    driver.delete(ID).orThrow();
    assertThat(driver.observe().orThrow()).isEmpty();
    assertThat(NetworkNamespace.names(node)).isEmpty();
    assertThat(folder.resolve("instances")).isEmptyDirectory();
    assertThat(Path.of("/sys/fs/cgroup/unified/universal-node", node)).doesNotExist();
    assertThat(Path.of("/sys/fs/cgroup/universal-node", node)).doesNotExist();
  }

  @Test
  void theStartHandlerSeesThePortsAndItsConfiguration() throws IOException {
    script("start", "echo args $*; env | grep ^UN_ | sort; cat $UN_CONFIG; ip -br addr show lan0");
    FunctionDriver driver = driver();
    start(driver, "{\"a\":1}");
    assertThat(driver.logs(ID, 10_000).orThrow())
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
    script("start", "setsid sleep 300 & (setsid sleep 300 &)");
    start(driver(), "{}");
    FunctionDriver successor = driver();
    Set<Integer> processes = observed(successor).processes();
    assertThat(processes).hasSize(2);
    successor.start(spec("{}")).orThrow();
    assertThat(observed(successor).processes()).isEqualTo(processes);
    successor.stop(ID).orThrow();
    assertThat(observed(successor))
        .returns(State.CREATED, ObservedInstance::state)
        .returns(Set.of(), ObservedInstance::processes);
  }

  @Test
  void theStopHandlerRunsOnceForEachStart() throws IOException {
    script("start", "true");
    script("stop", "echo stopped with $*");
    FunctionDriver driver = driver();
    start(driver, "{}");
    driver.stop(ID).orThrow();
    driver.stop(ID).orThrow();
    assertThat(driver.logs(ID, 1000).orThrow()).isEqualTo("stopped with 7 fw 1 lan0\n");
  }

  @Test
  void theUpdateHandlerRunsWhenTheConfigurationChanges() throws IOException {
    script("start", "setsid sleep 300 &");
    script("update", "cat $UN_CONFIG");
    FunctionDriver driver = driver();
    start(driver, "{\"a\":1}");
    Set<Integer> processes = observed(driver).processes();
    driver.update(spec("{\"a\":1}")).orThrow();
    driver.update(spec("{\"a\":2}")).orThrow();
    assertThat(driver.logs(ID, 1000).orThrow()).isEqualTo("{\"a\":2}");
    assertThat(observed(driver).processes()).isEqualTo(processes);
  }

  @Test
  void aFunctionWithoutUpdateHandlerIsStartedAgain() throws IOException {
    script("start", "cat $UN_CONFIG; setsid sleep 300 &");
    FunctionDriver driver = driver();
    start(driver, "{\"a\":1}");
    Set<Integer> processes = observed(driver).processes();
    driver.update(spec("{\"a\":2}")).orThrow();
    assertThat(driver.logs(ID, 1000).orThrow()).isEqualTo("{\"a\":1}{\"a\":2}");
    assertThat(observed(driver).processes()).hasSize(1).doesNotContainAnyElementsOf(processes);
  }

  @Test
  void anUpdateThatFailsLeavesTheFunctionRunningAsItDid() throws IOException {
    script("start", "setsid sleep 300 &");
    script("update", "echo refused; exit 1");
    FunctionDriver driver = driver();
    start(driver, "{\"a\":1}");
    Set<Integer> processes = observed(driver).processes();
    assertThat(failure(driver.update(spec("{\"a\":2}"))).detail()).contains("update", "refused");
    assertThat(observed(driver).processes()).isEqualTo(processes);
    driver.update(spec("{\"a\":1}")).orThrow();
  }

  @Test
  void aRestartThatFailsBringsTheOldConfigurationBack() throws IOException {
    script("start", "cat $UN_CONFIG; grep -q 1 $UN_CONFIG && (setsid sleep 300 &)");
    FunctionDriver driver = driver();
    start(driver, "{\"a\":1}");
    assertThat(failure(driver.update(spec("{\"a\":2}"))).detail()).contains("status 1");
    assertThat(driver.logs(ID, 1000).orThrow()).endsWith("{\"a\":1}");
    assertThat(observed(driver).state()).isEqualTo(State.STARTED);
    assertThat(observed(driver).processes()).hasSize(1);
  }

  @Test
  void aFailingHandlerIsReportedWithWhatItSaidLast() throws IOException {
    script("start", "sleep 300 & echo first; echo no such thing as nft >&2; exit 4");
    FunctionDriver driver = driver();
    make(driver, "{}");
    Problem problem = failure(driver.start(spec("{}")));
    assertThat(problem.code()).isEqualTo(Problem.Code.HANDLER);
    assertThat(problem.detail()).contains("start", "g1/fw", "status 4", "no such thing as nft");
    assertThat(observed(driver).state()).isEqualTo(State.CREATED);
    assertThat(observed(driver).processes()).isEmpty();
  }

  @Test
  void aHandlerThatDoesNotReturnIsEndedWithAllItStarted() throws IOException {
    script("start", "trap '' TERM HUP; sleep 300 & while :; do sleep 1; done");
    FunctionDriver driver = driver();
    make(driver, "{}");
    Problem problem = failure(driver.start(spec("{}")));
    assertThat(problem.code()).isEqualTo(Problem.Code.TIMEOUT);
    Awaitility.await().untilAsserted(() -> assertThat(observed(driver).processes()).isEmpty());
  }

  @Test
  void aStopHandlerThatHangsDoesNotPreventDeletion() throws IOException {
    script("start", "sleep 300 &");
    script("stop", "sleep 300");
    FunctionDriver driver = driver();
    start(driver, "{}");
    driver.delete(ID).orThrow();
    assertThat(driver.observe().orThrow()).isEmpty();
  }

  @Test
  void aHandlerThatIsNoProgramIsSaidSo() throws IOException {
    Files.writeString(folder.resolve("start"), "#!/nonexistent/interpreter\n");
    assertThat(folder.resolve("start").toFile().setExecutable(true)).isTrue();
    FunctionDriver driver = driver();
    make(driver, "{}");
    assertThat(failure(driver.start(spec("{}"))).detail()).contains("cannot execute", "start");
  }

  @Test
  void anInstanceThatLostItsNamespaceIsBrokenAndCanBeMadeAgain() throws IOException {
    script("start", "true");
    FunctionDriver driver = driver();
    start(driver, "{}");
    NetworkNamespace.named(observed(driver).namespace()).delete();
    assertThat(observed(driver).state()).isEqualTo(State.BROKEN);
    make(driver, "{}");
    assertThat(observed(driver).state()).isEqualTo(State.CREATED);
  }

  @Test
  void anInstanceThatLostAPortIsMadeAgain() throws IOException {
    script("start", "echo begun");
    FunctionDriver driver = driver();
    start(driver, "{}");
    driver.create(spec("{}")).orThrow();
    assertThat(observed(driver).state()).isEqualTo(State.STARTED);
    try (RouteSocket route = NetworkNamespace.named(observed(driver).namespace()).routeSocket()) {
      route.deleteLink("peer");
    }
    make(driver, "{}");
    assertThat(observed(driver).state()).isEqualTo(State.CREATED);
    driver.start(spec("{}")).orThrow();
    assertThat(driver.logs(ID, 100).orThrow()).contains("begun");
  }

  private FunctionDriver driver() {
    return NativeDriver.open(node, folder, PATIENCE).orThrow();
  }

  private void start(FunctionDriver driver, String configuration) {
    make(driver, configuration);
    driver.start(spec(configuration)).orThrow();
  }

  /** Creates the instance and, as a switch would, its port. */
  private void make(FunctionDriver driver, String configuration) {
    Instance instance = driver.create(spec(configuration)).orThrow();
    NetworkNamespace namespace = NetworkNamespace.named(instance.namespace());
    try (RouteSocket route = namespace.routeSocket()) {
      for (Instance.Port port : instance.ports()) {
        String mac = port.mac().toString();
        route.createVeth(new Veth("peer", port.interfaceName(), mac, namespace));
        route.up("peer");
      }
    }
  }

  private FunctionSpec spec(String configuration) {
    PortSpec lan =
        new PortSpec(
            PortLabel.parse("lan:0"),
            MacAddress.parse("02:00:00:00:00:01"),
            Optional.of(InterfaceAddress.parse("10.5.0.1/24")));
    return new FunctionSpec(ID, 7, folder, List.of(lan), configuration, 64 << 20);
  }

  private static ObservedInstance observed(FunctionDriver driver) {
    return driver.observe().orThrow().getFirst();
  }

  private static Problem failure(Result<?> result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed<?>) result).problem();
  }

  private void script(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
