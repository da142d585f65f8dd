package org.universalnode.bench.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionDriverProvider;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;

/** Starts functions: by the native driver, and bare. */
final class Workshop implements AutoCloseable {
  private static final String NAME = "unbench" + ProcessHandle.current().pid();
  private static final Path CGROUP = Path.of("universal-node-bench");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  private final Path folder;
  private final FunctionDriver driver;
  private final ControlGroups groups = ControlGroups.detect();

  Workshop() {
    try {
      folder = Files.createTempDirectory("functions");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    driver =
        FunctionDriverProvider.installed().stream()
            .filter(provider -> provider.type().equals("native"))
            .findFirst()
            .orElseThrow()
            .open(NAME, folder.resolve("state"))
            .orThrow();
  }

  /** Makes a function ready to be started again and again. */
  Instance unpack(Example example) {
    Path image = folder.resolve(example.name());
    run(List.of("/usr/bin/env", "mkdir", "-p", image.toString()), Map.of(), Optional.empty());
    run(
        List.of(
            "/usr/bin/env", "tar", "-xzf", example.archive().toString(), "-C", image.toString()),
        Map.of(),
        Optional.empty());
    return new Instance(example.spec("g", image));
  }

  @Override
  public void close() {
    driver.close();
    groups.removeIfEmpty(CGROUP);
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One function, started twice in each round. */
  final class Instance {
    private final FunctionSpec spec;
    private List<String> interfaces = List.of();

    private Instance(FunctionSpec spec) {
      this.spec = spec;
    }

    /** Milliseconds; what it uses then is added to the list, in MiB. */
    double wrapped(List<Double> memory) {
      var made = driver.create(spec).orThrow();
      try {
        interfaces = made.ports().stream().map(port -> port.way().toString()).toList();
        plug(NetworkNamespace.named(made.namespace()));
        long begin = System.nanoTime();
        driver.start(spec).orThrow();
        double took = (System.nanoTime() - begin) / 1e6;
        long bytes = driver.stats(spec.id()).orThrow().memoryBytes().orElse(0);
        memory.add(FunctionStarts.mebibytes(bytes));
        return took;
      } finally {
        driver.delete(spec.id()).orThrow();
      }
    }

    /** Milliseconds of the handler alone, in a namespace that is ready. */
    double bare() {
      ControlGroup group =
          groups.create(
              CGROUP.resolve(spec.id().function()), new ControlGroups.Limits(1L << 30, 600));
      NetworkNamespace namespace = NetworkNamespace.create(NAME + "-bare");
      try {
        plug(namespace);
        configure(namespace);
        Path configuration = folder.resolve("configuration.json");
        Files.writeString(configuration, spec.configuration());
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", PATH);
        environment.put("UN_CONFIG", configuration.toString());
        environment.put("UN_GRAPH", "g");
        for (int i = 0; i < interfaces.size(); i++) {
          PortLabel label = spec.ports().get(i).label();
          String port = label.label().toUpperCase(Locale.ROOT) + "_" + label.index();
          environment.put("UN_PORT_" + port, interfaces.get(i));
        }
        environment.put("UN_FUNCTION", spec.id().function());
        List<String> command = new ArrayList<>();
        command.add(Path.of(spec.image()).resolve("start").toString());
        command.addAll(List.of("1", spec.id().function(), String.valueOf(interfaces.size())));
        command.addAll(interfaces);
        long begin = System.nanoTime();
        run(command, environment, Optional.of(new Where(namespace, group)));
        return (System.nanoTime() - begin) / 1e6;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        group.delete();
        namespace.delete();
      }
    }

    private void plug(NetworkNamespace namespace) {
      try (RouteSocket outside = RouteSocket.open()) {
        for (int i = 0; i < interfaces.size(); i++) {
          String far = "unb" + ProcessHandle.current().pid() % 100_000 + "p" + i;
          outside.deleteLink(far);
          String mac = spec.ports().get(i).mac().toString();
          outside.createVeth(new Veth(far, interfaces.get(i), mac, namespace));
          outside.up(far);
        }
      }
    }

    private void configure(NetworkNamespace namespace) {
      try (RouteSocket inside = namespace.routeSocket()) {
        for (int i = 0; i < interfaces.size(); i++) {
          String name = interfaces.get(i);
          PortSpec port = spec.ports().get(i);
          port.address()
              .ifPresent(address -> inside.setAddress(name, inet(address), address.prefixLength()));
          inside.up(name);
        }
      }
    }
  }

  private record Where(NetworkNamespace namespace, ControlGroup group) {}

  private void run(List<String> command, Map<String, String> environment, Optional<Where> where) {
    Path log = folder.resolve("log");
    ProcessSpec spec =
        new ProcessSpec(
            command,
            environment.isEmpty() ? Map.of("PATH", PATH) : environment,
            working(),
            log,
            where.map(Where::namespace),
            where.map(Where::group));
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      OptionalInt status = process.await(LIMIT);
      if (!status.equals(OptionalInt.of(0))) {
        throw Problem.of(
                Problem.Code.HANDLER,
                command.getFirst() + " ended with " + status + ": " + last(log))
            .next("run it by hand")
            .asException();
      }
    }
  }

  private static String last(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "" : lines.getLast();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new one each time, for a function keeps things there. */
  private Path working() {
    try {
      return Files.createTempDirectory(folder, "work");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetAddress inet(InterfaceAddress address) {
    try {
      byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(address.address().bits()).array();
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
