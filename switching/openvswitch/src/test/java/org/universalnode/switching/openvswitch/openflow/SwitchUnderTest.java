package org.universalnode.switching.openvswitch.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * An Open vSwitch of its own in a folder of its own. Its interfaces are pretended ones: the machine
 * gets none, and no rights are needed.
 */
final class SwitchUnderTest implements AutoCloseable {
  private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");

  private final Path folder;
  private final Process database;
  private Process daemon;

  private SwitchUnderTest(Path folder) throws IOException {
    this.folder = folder;
    run("ovsdb-tool", "create", folder + "/conf.db", SCHEMA.toString());
    this.database =
        start(
            "ovsdb-server",
            folder + "/conf.db",
            "--remote=punix:" + folder + "/db.sock",
            "--unixctl=" + folder + "/db.ctl",
            "--no-chdir");
    awaitFile("db.sock");
    run("ovs-vsctl", "--db=" + database(), "--no-wait", "init");
    this.daemon = startDaemon();
  }

  /** Skips the test if Open vSwitch is not installed. */
  static SwitchUnderTest start() throws IOException {
    Assumptions.assumeTrue(Files.exists(SCHEMA), "Open vSwitch is not installed");
    return new SwitchUnderTest(Files.createTempDirectory("ovs"));
  }

  /** Where Open vSwitch lets bridges find their controller. */
  Path controller() {
    return folder.resolve("controller");
  }

  void addBridge(String name, long datapath) {
    vsctl(
        "add-br",
        name,
        "--",
        "set",
        "bridge",
        name,
        "datapath_type=netdev",
        "fail_mode=secure",
        "protocols=OpenFlow13",
        "other_config:datapath-id=%016x".formatted(datapath),
        "--",
        "set-controller",
        name,
        "unix:" + controller(),
        "--",
        "set",
        "controller",
        name,
        "max_backoff=1000");
  }

  void addPort(String bridge, String name, int number) {
    vsctl("add-port", bridge, name, "--", "set", "interface", name, "ofport_request=" + number);
  }

  void vsctl(String... arguments) {
    List<String> all = new ArrayList<>(List.of("ovs-vsctl", "--db=" + database(), "--timeout=20"));
    all.addAll(List.of(arguments));
    run(all.toArray(String[]::new));
  }

  /** Lets a frame, in hexadecimal, come in by that port. */
  void receive(String port, String frame) {
    run("ovs-appctl", "-t", folder + "/vswitchd.ctl", "netdev-dummy/receive", port, frame);
  }

  /** What {@code ovs-ofctl} says. */
  String ofctl(String... arguments) {
    List<String> all = new ArrayList<>(List.of("ovs-ofctl", "-O", "OpenFlow13"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  String management(String bridge) {
    return "unix:" + folder + "/" + bridge + ".mgmt";
  }

  void kill() {
    daemon.destroyForcibly();
    daemon.onExit().join();
  }

  void restart() throws IOException {
    daemon = startDaemon();
  }

  private String database() {
    return "unix:" + folder + "/db.sock";
  }

  private Process startDaemon() throws IOException {
    return start(
        "ovs-vswitchd",
        database(),
        "--enable-dummy=override",
        "--disable-system",
        "--unixctl=" + folder + "/vswitchd.ctl",
        "--no-chdir");
  }

  private void awaitFile(String name) {
    await().until(() -> Files.exists(folder.resolve(name)));
  }

  private Process start(String... command) throws IOException {
    return builder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private String run(String... command) {
    try {
      Process process = builder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(String.join(" ", command) + ": " + output).isZero();
      return output;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(String.join(" ", command), e);
    }
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    for (String kind : List.of("OVS_RUNDIR", "OVS_DBDIR", "OVS_SYSCONFDIR", "OVS_LOGDIR")) {
      builder.environment().put(kind, folder.toString());
    }
    return builder;
  }

  @Override
  public void close() throws IOException {
    kill();
    database.destroyForcibly();
    database.onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
