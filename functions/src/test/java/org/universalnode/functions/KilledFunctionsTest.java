package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Daemons of functions are killed without a chance to clean up. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class KilledFunctionsTest {
  private static final Path SHIPPED = Path.of("target/functions");
  private static final String[] HOSTS = {"10.0.0.2/24", "198.51.100.2/24", "192.0.2.2/24"};
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path state;
  private final Set<String> services = new TreeSet<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dhcp        | dnsmasq        | { "range": { "first": "10.0.0.8", "last": "10.0.0.9" } }
          dns-filter  | dnsmasq        | { "address": "10.0.0.5/24", "upstream": ["10.0.0.2"] }
          web-cache   | squid          | { "disk-megabytes": 16, "dns": ["198.51.100.2"] }
          wireguard   | wireguard-go   | { "peers": [] }
          flow-monitor| pmacctd        | { "export": { "collector": "192.0.2.2:2055" } }
          """)
  void aFunctionWhoseDaemonWasKilledIsStartedAgain(
      String capability, String program, String configuration) throws IOException {
    try (Lab lab = new Lab(state, HOSTS)) {
      kill(lab, program, graph(lab, capability, configuration));
    }
  }

  /** Without a jail it shares the memory of the machine. */
  @Test
  void memoryThatAKilledSquidLeftIsRemoved(@TempDir Path functions) throws IOException {
    Path cache = Files.createDirectory(functions.resolve("web-cache"));
    String archive = "web-cache/web-cache.tgz";
    Files.copy(SHIPPED.resolve(archive), functions.resolve(archive));
    String template = Files.readString(SHIPPED.resolve("web-cache/template.json"));
    Files.writeString(
        cache.resolve("template.json"),
        template.replace("\"isolation\": \"jail\"", "\"isolation\": \"network\""));
    try (Lab lab = new Lab(state, functions, HOSTS)) {
      for (int port = 3130; port < 3133; port++) {
        Graph graph = graph(lab, "web-cache", "{ \"port\": %d }".formatted(port));
        lab.apply(graph);
        assertThat(memoryOf(services, Path.of("/"))).isEmpty();
        noteServices();
        assertThat(memoryOf(services, Path.of("/"))).isNotEmpty();
        Set<Long> killed = daemons(lab, "squid");
        end(killed); // the node may have started another one at once
        await().atMost(PATIENCE).until(() -> isOver(lab, killed));
      }
      assertThat(services).hasSize(3);
    }
    assertThat(memoryOf(services, Path.of("/"))).isEmpty();
  }

  /** Twice, each time until it is well again, and once more for the end. */
  private static void kill(Lab lab, String program, Graph graph) throws IOException {
    lab.apply(graph);
    for (int kill = 0; kill < 2; kill++) {
      Set<Long> killed = daemons(lab, program);
      assertThat(killed).isNotEmpty();
      end(killed);
      await().atMost(PATIENCE).until(() -> isReplaced(lab, program, killed));
      await().atMost(PATIENCE).until(() -> isHealthy(lab.function("g", "f")));
    }
    end(daemons(lab, program));
  }

  private static void end(Set<Long> pids) {
    pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  private static Graph graph(Lab lab, String capability, String configuration) {
    boolean bridges = capability.equals("dns-filter") || capability.equals("flow-monitor");
    String lan = bridges ? "" : ", \"unify-ip\": \"10.0.0.1/24\"";
    String wan = bridges ? "" : ", \"unify-ip\": \"198.51.100.10/24\"";
    String collector =
        capability.equals("flow-monitor")
            ? ", { \"id\": \"collector:0\", \"unify-ip\": \"192.0.2.1/24\" }"
            : "";
    Graph graph =
        new Graph()
            .endPoint("lan", lab.host(0))
            .endPoint("wan", lab.host(1))
            .function(
                """
                { "id": "f", "functional-capability": "%s", "configuration": %s,
                  "ports": [{ "id": "lan:0"%s }, { "id": "wan:0"%s }%s] }"""
                    .formatted(capability, configuration, lan, wan, collector))
            .join("endpoint:lan", "vnf:f:lan:0")
            .join("vnf:f:wan:0", "endpoint:wan");
    return collector.isEmpty()
        ? graph
        : graph.endPoint("c", lab.host(2)).join("vnf:f:collector:0", "endpoint:c");
  }

  private static boolean isHealthy(JsonObject function) {
    return function.has("healthy") && function.get("healthy").getAsBoolean();
  }

  private static boolean isOver(Lab lab, Set<Long> killed) throws IOException {
    return daemons(lab, "squid").stream().noneMatch(killed::contains);
  }

  private static boolean isReplaced(Lab lab, String program, Set<Long> killed) throws IOException {
    Set<Long> living = daemons(lab, program);
    return !living.isEmpty() && living.stream().noneMatch(killed::contains);
  }

  /** Processes of that name in the function's namespace. */
  private static Set<Long> daemons(Lab lab, String program) throws IOException {
    Set<Long> found = new TreeSet<>();
    Process pids = new ProcessBuilder("ip", "netns", "pids", lab.namespace("f").name()).start();
    try (BufferedReader lines = pids.inputReader(UTF_8)) {
      for (String pid : lines.lines().toList()) {
        Path name = Path.of("/proc", pid, "comm");
        if (Files.exists(name) && Files.readString(name).strip().equals(program)) {
          found.add(Long.valueOf(pid));
        }
      }
    }
    return found;
  }

  /** Keeps under which names squid has shared memory. */
  private void noteServices() throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(file -> file.endsWith("service")).toList()) {
        services.add(Files.readString(file).strip());
      }
    }
  }

  private static List<String> memoryOf(Set<String> services, Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("dev/shm"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> services.stream().anyMatch(service -> name.startsWith(service + "-")))
          .toList();
    }
  }
}
