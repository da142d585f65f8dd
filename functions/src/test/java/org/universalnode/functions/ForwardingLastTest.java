package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** Routes and rules are there before the first packet is forwarded. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ForwardingLastTest {
  private static final Path ARCHIVES = Path.of("target/staging").toAbsolutePath();
  private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");
  private static final List<String> PROGRAMS = List.of("ip", "nft", "wg", "wireguard-go");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nat          | {}
          router       | { "addresses": { "port:0": ["2001:db8::1/64"] } }
          web-cache    | { "intercept": true, "dns": ["198.51.100.2"] }
          wireguard-go | { "peers": [] }
          ipsec-client | { "remote": "198.51.100.2", "remote-subnets": ["10.2.0.0/16"], "psk": "k" }
          """)
  void noProgramOfAStartHandlerRunsWhilePacketsAreForwarded(String function, String configuration)
      throws IOException {
    try (Testbed testbed = new Testbed()) {
      Host host = testbed.host("10.0.0.1/24");
      NetworkNamespace namespace = host.namespace();
      run(namespace, "ip", "link", "add", "wan", "type", "veth", "peer", "name", "far");
      run(namespace, "ip", "address", "add", "198.51.100.1/24", "dev", "wan");
      run(namespace, "ip", "link", "set", "far", "up");
      run(namespace, "ip", "link", "set", "wan", "up");
      forward(namespace);
      write("configuration", configuration);
      try {
        start(namespace, function);
      } finally {
        end(namespace);
      }
      assertThat(Files.readAllLines(folder.resolve("seen"))).isNotEmpty().allMatch("0 0"::equals);
      assertThat(forwarding(namespace)).isEqualTo("1");
    }
  }

  /** With programs in its path that note whether packets are forwarded, and then do their work. */
  private void start(NetworkNamespace namespace, String function) throws IOException {
    for (String program : PROGRAMS) {
      String noting =
          """
          #!/bin/sh
          read -r four </proc/sys/net/ipv4/ip_forward
          read -r six </proc/sys/net/ipv6/conf/all/forwarding
          echo "$four $six" >>%s/seen
          PATH=${PATH#*:}
          exec %s "$@"
          """
              .formatted(folder, program);
      Files.setPosixFilePermissions(
          write("bin/" + program, noting), PosixFilePermissions.fromString("rwx------"));
    }
    Path work = Files.createDirectories(folder.resolve("work"));
    Path handlers = ARCHIVES.resolve(function);
    String script =
        """
        cd %s && UN_PORT_PORT_0=eth0 PATH=%s/bin:$PATH UN_CONFIG=%s/configuration \
          sh %s/start lsi f 2 eth0 wan >said 2>&1 </dev/null || { cat said; exit 1; }
        [ ! -e %s/stop ] || sh %s/stop >said 2>&1
        """
            .formatted(work, folder, folder, handlers, handlers, handlers);
    run(namespace, "sh", "-c", script);
  }

  /** Whatever the handler has left running. */
  private static void end(NetworkNamespace namespace) throws IOException {
    Process pids = new ProcessBuilder("ip", "netns", "pids", namespace.name()).start();
    try (BufferedReader lines = pids.inputReader(UTF_8)) {
      lines
          .lines()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** As a new namespace does that was made on a router. */
  private static void forward(NetworkNamespace namespace) {
    namespace.call(() -> Files.writeString(FORWARDING, "1"));
  }

  private static String forwarding(NetworkNamespace namespace) {
    return namespace.call(() -> Files.readString(FORWARDING, UTF_8)).strip();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static void run(NetworkNamespace namespace, String... command) {
    HostProcess.output(namespace, List.of(command));
  }
}
