package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.problem.ProblemException;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class KeeperTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MOST_RESIDENT_KB = 150;

  @TempDir Path folder;

  @Test
  void nothingThisKernelNeedsIsMissing() {
    assertThat(Keeper.missing(true)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"JAIL", "USER"})
  void handlersOfAnInstanceShareWhatItsKeeperHolds(Rung rung) {
    try (JailedInstance instance = new JailedInstance(rung, folder)) {
      assertThat(instance.shell("echo left > /tmp/a; sleep 100 & echo $! > /run/pid").status())
          .isZero();
      assertThat(instance.shell("cat /tmp/a; kill -0 $(cat /run/pid); hostname"))
          .isEqualTo(new JailedInstance.Ended(0, "left\njailed"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JAIL", "USER"})
  void statusAndDeathOfAHandlerArePassedOn(Rung rung) {
    try (JailedInstance instance = new JailedInstance(rung, folder)) {
      assertThat(instance.shell("exit 7").status()).isEqualTo(7);
      assertThat(instance.shell("kill -9 $$").status()).isEqualTo(128 + 9);
      assertThat(instance.run("/nonexistent").status()).isEqualTo(LinuxProcess.LAUNCH_FAILED);
      assertThat(instance.run("/nonexistent").output()).contains("/nonexistent: No such file");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JAIL", "USER"})
  void aHandlerThatTakesTooLongIsEndedInside(Rung rung) {
    try (JailedInstance instance = new JailedInstance(rung, folder);
        LinuxProcess process =
            LinuxProcess.start(instance.spec("long", "/bin/sh", "-c", "exec sleep 100"))) {
      Awaitility.await().until(() -> instance.shell("pgrep sleep").status() == 0);
      process.kill();
      assertThat(process.await(SOON)).isPresent();
      Awaitility.await().until(() -> instance.shell("pgrep sleep").status() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JAIL", "USER"})
  void itsEndIsTheEndOfDaemonsAndOfWhatIgnoresSignals(Rung rung) {
    try (JailedInstance instance = new JailedInstance(rung, folder)) {
      String daemons =
          "(setsid sh -c 'trap \"\" TERM; (setsid sleep 100 &); sleep 100; sleep 100' &); exit 0";
      assertThat(instance.shell(daemons).status()).isZero();
      Awaitility.await().until(() -> instance.cgroup.processes().size() == 4);
      instance.cgroup.terminate();
      assertThat(keeper(instance).alive()).isTrue();
      keeper(instance).kill();
      assertThat(instance.cgroup.processes()).isEmpty();
      assertThat(keeper(instance).alive()).isFalse();
    }
  }

  @Test
  void orphansLeaveNothingBehind() {
    try (JailedInstance instance = new JailedInstance(Rung.JAIL, folder)) {
      assertThat(instance.shell("for i in 1 2 3 4 5; do (sleep 0.0$i &); done").status()).isZero();
      Awaitility.await()
          .until(() -> instance.shell("ps -e -o stat=,comm= | grep -c sleep").output().equals("0"));
      assertThat(instance.cgroup.processes()).containsExactly(keeper(instance).pid());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JAIL", "USER"})
  void aForkBombAndAMemoryHogStayInTheirLimits(Rung rung) throws Exception {
    try (JailedInstance instance = new JailedInstance(rung, folder)) {
      assertThat(instance.shell("head -c 200m /dev/zero | sort").status()).isEqualTo(128 + 9);
      ProcessSpec bomb = instance.spec("bomb", "/bin/sh", "-c", "while :; do sleep 100 & done");
      try (LinuxProcess process = LinuxProcess.start(bomb)) {
        Awaitility.await().until(() -> instance.cgroup.processes().size() > 40);
        assertThat(instance.cgroup.processes())
            .hasSizeLessThanOrEqualTo(JailedInstance.LIMITS.processes());
        instance.cgroup.kill();
        assertThat(process.await(SOON)).isPresent();
      }
      Awaitility.await().until(() -> !keeper(instance).alive());
    }
  }

  @Test
  void anotherRunOfTheNodeFindsItAndNobodyElse() {
    try (JailedInstance instance = new JailedInstance(Rung.JAIL, folder)) {
      Keeper keeper = keeper(instance);
      Optional<Keeper> found = Keeper.find(keeper.pid(), keeper.startTime(), instance.cgroup);
      assertThat(found).isPresent();
      assertThat(Keeper.find(keeper.pid(), keeper.startTime() + 1, instance.cgroup)).isEmpty();
      found.orElseThrow().kill();
      found.orElseThrow().close();
      assertThat(Keeper.find(keeper.pid(), keeper.startTime(), instance.cgroup)).isEmpty();
    }
  }

  @Test
  void withoutItAHandlerFailsWithAReason() {
    try (JailedInstance instance = new JailedInstance(Rung.USER, folder)) {
      keeper(instance).kill();
      JailedInstance.Ended ended = instance.shell("echo hello");
      assertThat(ended.status()).isEqualTo(LinuxProcess.LAUNCH_FAILED);
      assertThat(ended.output())
          .isEqualTo("cannot find the keeper " + keeper(instance).pid() + ": No such process");
    }
  }

  @Test
  void leavesNothingInTheMachinesMounts() throws IOException {
    Path table = Path.of("/proc/self/mountinfo");
    Set<String> before = Set.copyOf(Files.readAllLines(table));
    try (JailedInstance instance = new JailedInstance(Rung.USER, folder)) {
      String own = instance.namespace.path().toString();
      assertThat(newMounts(before)).allMatch(line -> ofTests(line)).anyMatch(l -> l.contains(own));
      keeper(instance).kill();
    }
    assertThat(newMounts(before)).allMatch(KeeperTest::ofTests);
  }

  @Test
  void mountsStayInsideWhereTheMachinesAreShared() throws Exception {
    Path program = JailedInstance.built("launch");
    try (JailedInstance instance = new JailedInstance(Rung.NETWORK, folder)) {
      Path answer = Files.createFile(folder.resolve("answer"));
      List<String> command = new ArrayList<>(List.of("unshare", "-m", "/bin/sh", "-c"));
      command.add(
          "mount --make-rshared / && cat /proc/self/mountinfo && \"$@\" && echo == &&"
              + " cat /proc/self/mountinfo");
      command.addAll(List.of("sh", program.toString(), "keep", instance.log("keeper").toString()));
      command.add(answer.toString());
      Confinement confinement = instance.confinement(Rung.JAIL, List.of());
      command.addAll(Keeper.arguments(confinement, instance.namespace, instance.cgroup));
      Path seen = folder.resolve("seen");
      Process process = new ProcessBuilder(command).redirectOutput(seen.toFile()).start();
      assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      List<String> lines =
          Files.readAllLines(seen).stream().filter(line -> !ofTests(line)).toList();
      int middle = lines.indexOf("==");
      assertThat(lines.subList(0, middle))
          .anyMatch(line -> line.contains(" / / rw,relatime shared:"))
          .isEqualTo(lines.subList(middle + 1, lines.size()));
      assertThat(instance.cgroup.processes()).hasSize(1);
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> new JailedInstance(Rung.JAIL, folder, List.of(absent)).close())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("cannot show the instance " + absent)
        .hasMessageContaining("ENOENT");
  }

  @Test
  void aFileThatTheInstanceCouldNotReadIsNamed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "x");
    assertThat(secret.toFile().setReadable(false, false)).isTrue();
    new JailedInstance(Rung.JAIL, folder, List.of(secret)).close();
    assertThatThrownBy(() -> new JailedInstance(Rung.USER, folder, List.of(secret)).close())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(secret.toString())
        .hasMessageContaining("give it to the instance's users");
    JailedInstance.USERS.give(secret);
    new JailedInstance(Rung.USER, folder, List.of(secret)).close();
  }

  @Test
  void aNamespaceOfTheMachineIsNoPlaceForUsersOfTheirOwn() {
    try (JailedInstance instance = new JailedInstance(Rung.NETWORK, folder)) {
      Confinement confinement = instance.confinement(Rung.USER, List.of());
      assertThatThrownBy(
              () ->
                  Keeper.start(
                      confinement, instance.namespace, instance.cgroup, instance.log("keeper")))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining(
              "cannot find a user namespace that owns " + instance.namespace.path());
      assertThat(instance.cgroup.processes()).isEmpty();
    }
  }

  @Test
  void isTiny() throws IOException {
    try (JailedInstance instance = new JailedInstance(Rung.JAIL, folder)) {
      Path status = Path.of("/proc", Integer.toString(keeper(instance).pid()), "status");
      String resident =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .map(line -> line.replaceAll("[^0-9]", ""))
              .collect(Collectors.joining());
      assertThat(Integer.parseInt(resident)).isLessThanOrEqualTo(MOST_RESIDENT_KB);
    }
  }

  @Test
  void worksInAV2CgroupToo() {
    Path point = Mounts.read().ofType("cgroup2").orElseThrow().point();
    String v2 = "1 0 0:1 / %s rw - cgroup2 cgroup2 rw".formatted(point);
    ControlGroups groups = ControlGroups.of(Mounts.parse(List.of(v2)));
    for (Rung rung : Rung.values()) {
      try (JailedInstance instance =
          new JailedInstance(rung, folder.resolve(rung.name()), List.of(), groups)) {
        assertThat(instance.shell("(setsid sleep 100 &); exit 5").status()).isEqualTo(5);
        int keepers = rung == Rung.NETWORK ? 0 : 1;
        Awaitility.await().until(() -> instance.cgroup.processes().size() == keepers + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JAIL", "USER"})
  void portsAreMadeInItsNetworkAsEver(Rung rung) {
    String port = "unk" + ProcessHandle.current().pid() + rung.column;
    try (JailedInstance instance = new JailedInstance(rung, folder);
        RouteSocket route = RouteSocket.open();
        RouteSocket inside = instance.namespace.routeSocket()) {
      Veth veth = new Veth(port, "eth7", "06:00:00:00:00:07", instance.namespace);
      route.up(route.createVeth(veth));
      inside.up("eth7");
      assertThat(instance.shell("ip addr add 10.9.9.1/24 dev eth7 && ip -br addr").output())
          .contains("eth7@", "10.9.9.1/24");
    }
  }

  @Test
  void aLauncherThatDiesOnTheWayLeavesNoKeeperThatNobodyKnows() throws IOException {
    int known = 0;
    for (int step = 0; step < 40; step++) {
      try (JailedInstance instance =
              new JailedInstance(Rung.NETWORK, folder.resolve("step" + step));
          FileDescriptor answer = FileDescriptor.inMemory("answer")) {
        List<String> arguments = new ArrayList<>();
        arguments.add(instance.log("keeper").toString());
        arguments.add(answer.path().toString());
        Confinement confinement = instance.confinement(Rung.JAIL, List.of());
        arguments.addAll(Keeper.arguments(confinement, instance.namespace, instance.cgroup));
        try (LinuxProcess launcher = Launcher.instance().start("keep", arguments)) {
          LockSupport.parkNanos(step * 150_000L);
          launcher.kill();
          assertThat(launcher.await(SOON)).isPresent();
        }
        boolean told = !Files.readString(answer.path()).isEmpty();
        known += told ? 1 : 0;
        Awaitility.await()
            .untilAsserted(
                () ->
                    assertThat(instance.cgroup.processes()).hasSizeLessThanOrEqualTo(told ? 1 : 0));
      }
    }
    assertThat(known).isLessThan(40);
  }

  @ParameterizedTest
  @EnumSource(names = {"JAIL", "USER"})
  void aDaemonThatGivesUpRootRunsInside(Rung rung) {
    String dnsmasq =
        "/usr/sbin/dnsmasq -C /dev/null --no-resolv --no-hosts --port=5353 --pid-file=/run/d.pid"
            + " --dhcp-range=127.0.0.100,127.0.0.200 --dhcp-leasefile=$PWD/leases"
            + " && grep '^Uid' /proc/$(cat /run/d.pid)/status | grep -v '\\b0\\b' && test -e leases";
    try (JailedInstance instance = new JailedInstance(rung, folder)) {
      assertThat(instance.shell(dnsmasq).status())
          .as(instance.shell("id; ls -l /run").output())
          .isZero();
      assertThat(instance.shell("kill $(cat /run/d.pid)").status()).isZero();
    }
  }

  private static Keeper keeper(JailedInstance instance) {
    return instance.keeper.orElseThrow();
  }

  private static List<String> newMounts(Set<String> before) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> !before.contains(line))
        .toList();
  }

  /** Other tests run meanwhile and pin namespaces of their own. */
  private static boolean ofTests(String line) {
    return line.contains(" " + NetworkNamespace.FOLDER);
  }
}
