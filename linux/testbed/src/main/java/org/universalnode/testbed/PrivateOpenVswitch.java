package org.universalnode.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.universalnode.linux.NetworkNamespace;

/**
 * An ovsdb-server and an ovs-vswitchd of a test's own: their files are in a directory that nobody
 * else knows, and with them they go. A switch in a namespace has no datapath in the kernel. One
 * switch only fits into a network namespace, as each has a device called ovs-netdev and one for
 * each bridge.
 */
public final class PrivateOpenVswitch implements AutoCloseable {
  private static final String SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";
  private static final String WITH_DPDK = "/usr/lib/openvswitch-switch-dpdk/ovs-vswitchd-dpdk";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder = temporary();
  private final Optional<NetworkNamespace> namespace;
  private final String program;
  private final Thread lastResort = new Thread(this::killAll);
  private Optional<Process> database = Optional.empty();
  private Optional<Process> vswitch = Optional.empty();

  private PrivateOpenVswitch(Optional<NetworkNamespace> namespace, boolean dpdk) {
    this.namespace = namespace;
    this.program = dpdk ? called(folder.resolve("ovs-vswitchd")) : "ovs-vswitchd";
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /** A database that no switch serves. */
  public static PrivateOpenVswitch databaseOnly() {
    return make(Optional.empty(), _ -> {});
  }

  /** A switch in a namespace; deleting that is for the caller, after this is closed. */
  public static PrivateOpenVswitch in(NetworkNamespace namespace) {
    return make(Optional.of(namespace), PrivateOpenVswitch::startSwitch);
  }

  /**
   * A switch in the namespace of the calling thread, where there may be no other. As on a machine
   * of a user it says that it has the kernel's datapath, whether the kernel has it or not.
   */
  public static PrivateOpenVswitch here() {
    return make(Optional.empty(), PrivateOpenVswitch::startSwitch);
  }

  /**
   * A switch in a namespace that has DPDK, for which it needs 1000 huge pages of 2 MiB; it polls on
   * the second core. Deleting the namespace is for the caller, after this is closed.
   */
  public static PrivateOpenVswitch withDpdk(NetworkNamespace namespace) {
    return make(Optional.of(namespace), true, PrivateOpenVswitch::startWithDpdk);
  }

  /** It names its files after the name by which it is called. */
  private static String called(Path name) {
    try {
      return Files.createSymbolicLink(name, Path.of(WITH_DPDK)).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this machine has a switch with DPDK. */
  public static boolean hasDpdk() {
    return Files.isExecutable(Path.of(WITH_DPDK));
  }

  private void startWithDpdk() {
    vsctl(
        "set",
        "Open_vSwitch",
        ".",
        "other_config:userspace-tso-enable=false",
        "other_config:dpdk-init=true",
        "other_config:dpdk-socket-mem=256",
        "other_config:dpdk-extra=\"--no-pci --no-telemetry --in-memory --file-prefix=%s\""
            .formatted(folder.getFileName()),
        "other_config:pmd-cpu-mask=0x2");
    startSwitch();
  }

  private static PrivateOpenVswitch make(
      Optional<NetworkNamespace> namespace, Consumer<PrivateOpenVswitch> more) {
    return make(namespace, false, more);
  }

  private static PrivateOpenVswitch make(
      Optional<NetworkNamespace> namespace, boolean dpdk, Consumer<PrivateOpenVswitch> more) {
    PrivateOpenVswitch made = new PrivateOpenVswitch(namespace, dpdk);
    try {
      made.run("ovsdb-tool", "create", made.path("conf.db"), SCHEMA);
      made.startDatabase();
      made.vsctl("init");
      made.fewThreads();
      more.accept(made);
      return made;
    } catch (RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /** The database's Unix socket. */
  public Path socket() {
    return folder.resolve("db.sock");
  }

  /** Where a bridge listens for OpenFlow once the switch has made it. */
  public Path managementSocket(String bridge) {
    return folder.resolve(bridge + ".mgmt");
  }

  /** Where the files of both are, and for as long. */
  public Path folder() {
    return folder;
  }

  /** Processes that run now: the database, then the switch. */
  public List<ProcessHandle> processes() {
    return Stream.of(database, vswitch).flatMap(Optional::stream).map(Process::toHandle).toList();
  }

  /** Starts the database and returns when it listens. */
  public void startDatabase() {
    String log = "--log-file=" + path("ovsdb-server.log");
    List<String> words = words("ovsdb-server", "ovsdb", path("conf.db"), log);
    words.add("--unixctl=" + path("ovsdb.ctl"));
    words.add("--remote=punix:" + socket());
    database = Optional.of(start(words, "ovsdb-server.out"));
    awaitAccept(socket());
  }

  /** Starts the switch and returns when it has done what the database says. */
  public void startSwitch() {
    String log = "--log-file=" + path("ovs-vswitchd.log");
    List<String> words = words(program, "ovs-vswitchd", "unix:" + socket(), log);
    if (namespace.isPresent()) {
      words.add("--disable-system");
    }
    Process started =
        namespace
            .map(where -> where.call(() -> start(words, "ovs-vswitchd.out")))
            .orElseGet(() -> start(words, "ovs-vswitchd.out"));
    vswitch = Optional.of(started);
    vsctl("set", "Open_vSwitch", ".", "external_ids:started=" + started.pid());
  }

  public void killDatabase() {
    database.ifPresent(PrivateOpenVswitch::kill);
    database = Optional.empty();
  }

  public void killSwitch() {
    vswitch.ifPresent(PrivateOpenVswitch::kill);
    vswitch = Optional.empty();
  }

  /** What ovs-vsctl prints; it waits until the switch, if one runs, has done it. */
  public String vsctl(String... arguments) {
    List<String> words = new ArrayList<>(List.of("ovs-vsctl", "--db=unix:" + socket()));
    words.add("--timeout=" + PATIENCE.toSeconds());
    if (vswitch.isEmpty()) {
      words.add("--no-wait");
    }
    words.addAll(Arrays.asList(arguments));
    return run(words.toArray(String[]::new));
  }

  /** What ovs-ofctl prints, such as {@code ofctl("dump-flows", "br0")}. */
  public String ofctl(String command, String bridge, String... arguments) {
    List<String> words = new ArrayList<>(List.of("ovs-ofctl", "--protocols=OpenFlow13"));
    words.add("--timeout=" + PATIENCE.toSeconds());
    words.add(command);
    words.add("unix:" + managementSocket(bridge));
    words.addAll(Arrays.asList(arguments));
    return run(words.toArray(String[]::new));
  }

  /** What ovs-appctl prints: the switch's own view. */
  public String appctl(String... arguments) {
    long process = vswitch.map(Process::pid).orElseThrow();
    return ask("ovs-vswitchd." + process + ".ctl", arguments);
  }

  private String ask(String target, String... arguments) {
    List<String> words = new ArrayList<>(List.of("ovs-appctl", "--target=" + path(target)));
    words.add("--timeout=" + PATIENCE.toSeconds());
    words.addAll(Arrays.asList(arguments));
    return run(words.toArray(String[]::new));
  }

  /** Asks the database itself, past its own socket. */
  public String databaseAppctl(String... arguments) {
    return ask("ovsdb.ctl", arguments);
  }

  /** Does a transaction, in the JSON of RFC 7047, to the file of a database that does not run. */
  public void transactOffline(String json) {
    run("ovsdb-tool", "transact", path("conf.db"), json);
  }

  /** Stops both, and removes the directory and the devices that the switch made. */
  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      if (vswitch.isPresent() && vswitch.get().isAlive()) {
        appctl("exit", "--cleanup");
        vswitch.get().onExit().orTimeout(5, TimeUnit.SECONDS).join();
      }
    } finally {
      killAll();
      remove();
      removeHook();
    }
  }

  private void killAll() {
    killSwitch();
    killDatabase();
  }

  /** Two processors, often shared by several of us. */
  private void fewThreads() {
    vsctl(
        "set",
        "Open_vSwitch",
        ".",
        "other_config:n-handler-threads=1",
        "other_config:n-revalidator-threads=1",
        "other_config:userspace-tso-enable=true");
  }

  private List<String> words(String program, String name, String target, String log) {
    List<String> words = new ArrayList<>(List.of(program, target, log, "--no-chdir"));
    words.add("--pidfile=" + path(name + ".pid"));
    words.add("--overwrite-pidfile");
    words.addAll(List.of("-vconsole:off", "-vsyslog:off"));
    return words;
  }

  private Process start(List<String> words, String output) {
    try {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      for (String place : List.of("RUNDIR", "DBDIR", "LOGDIR", "SYSCONFDIR")) {
        builder.environment().put("OVS_" + place, folder.toString());
      }
      return builder.redirectOutput(folder.resolve(output).toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException("install Debian's openvswitch-switch", e);
    }
  }

  private String run(String... words) {
    try {
      Path output = Files.createTempFile(folder, words[0], ".out");
      Process process = start(List.of(words), output.getFileName().toString());
      if (!process.waitFor(PATIENCE.plusSeconds(5))) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", words) + " does not end");
      }
      String text = Files.readString(output);
      Files.delete(output);
      if (process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", words) + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void kill(Process process) {
    process.destroyForcibly().onExit().join();
  }

  /** A socket that a killed server left lies there too, but refuses. */
  private static void awaitAccept(Path socket) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!accepts(socket)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("nobody listens at " + socket);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean accepts(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("ovs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
      Files.deleteIfExists(Path.of("/var/run/dpdk").resolve(folder.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException e) {
      // the machine ends, and the hook runs
    }
  }
}
