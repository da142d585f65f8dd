package org.universalnode.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.testbed.PrivateDocker;
import org.universalnode.testbed.PrivateLibvirt;
import org.universalnode.testbed.PrivateOpenVswitch;

/**
 * Hosts, programs and nodes for one measurement. Closing it removes them all, the last one first,
 * also when one of them resists.
 */
public final class Lab implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String name;
  private final Path house;
  private final Path folder;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Programs programs;
  private final Cabling cabling;
  private Optional<PrivateOpenVswitch> openVswitch = Optional.empty();
  private int nodes;

  /**
   * Opens an empty one.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   * @throws org.universalnode.problem.ProblemException if the user is not root
   */
  public static Lab open(Path house) {
    if (!System.getProperty("user.name").equals("root")) {
      throw Problem.of(Code.FORBIDDEN, "hosts in network namespaces need root")
          .next("run it as root")
          .asException();
    }
    return new Lab(house);
  }

  private Lab(Path house) {
    this.name = "ub" + ProcessHandle.current().pid() + "x" + NEXT.incrementAndGet();
    this.house = house;
    this.folder = temporaryFolder();
    parts.push(() -> remove(folder));
    this.programs = new Programs(folder);
    parts.push(programs);
    this.cabling = new Cabling(name, programs);
    parts.push(cabling);
  }

  public Ends direct() {
    return cabling.direct();
  }

  public Ends bridged() {
    return cabling.bridged();
  }

  public Middle middle() {
    return cabling.middle();
  }

  /** A host with no cable. */
  public NetworkNamespace host() {
    return cabling.namespace();
  }

  public Plugged plugged() {
    return cabling.plugged();
  }

  public Programs programs() {
    return programs;
  }

  /** A folder that goes with the lab. */
  public Path folder() {
    return folder;
  }

  /** An Open vSwitch of the lab's own, with its data path in user space. */
  public PrivateOpenVswitch openVswitch() {
    if (openVswitch.isEmpty()) {
      PrivateOpenVswitch started = PrivateOpenVswitch.here();
      parts.push(started);
      openVswitch = Optional.of(started);
    }
    return openVswitch.get();
  }

  /** A Docker engine of the lab's own. */
  public PrivateDocker docker() {
    PrivateDocker started = new PrivateDocker();
    parts.push(started);
    return started;
  }

  /** A libvirtd of the lab's own. */
  public PrivateLibvirt libvirt() {
    PrivateLibvirt started = new PrivateLibvirt(house, folder.resolve("libvirt"));
    parts.push(started);
    return started;
  }

  /** Starts a node that may use the interfaces of these hosts. */
  public NodeProcess node(Plugged... plugged) {
    return node(LabSwitch.EBPF, plugged);
  }

  /** Starts one with that switch. */
  public NodeProcess node(LabSwitch used, Plugged... plugged) {
    return node(used, NodeOwn.NOTHING, plugged);
  }

  /** Starts one with something of its own. */
  public NodeProcess node(NodeOwn own, Plugged... plugged) {
    return node(LabSwitch.EBPF, own, plugged);
  }

  private NodeProcess node(LabSwitch used, NodeOwn own, Plugged... plugged) {
    List<String> interfaces = new ArrayList<>();
    Arrays.stream(plugged).forEach(each -> interfaces.addAll(List.of(each.lan(), each.wan())));
    String nodeName = name + "n" + ++nodes;
    Path runs = used == LabSwitch.OPEN_VSWITCH ? openVswitch().folder() : folder;
    NodeProcess.Setting setting =
        new NodeProcess.Setting(
            house, folder.resolve(nodeName), String.join(",", interfaces), used.word(), runs, own);
    NodeProcess node = NodeProcess.start(programs, setting);
    parts.push(node);
    return node;
  }

  @Override
  public void close() {
    Interrupted.undisturbed(this::removeAll);
  }

  private void removeAll() {
    List<Exception> failures = new ArrayList<>();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("not all of " + name + " was removed", failures.getFirst());
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("un-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList().reversed()) {
        Files.delete(path);
      }
    }
  }
}
