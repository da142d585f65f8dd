package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unit for systemd. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ServiceUnitTest {
  private static final Path UNIT = Path.of("../packaging/universal-node.service");

  /** What systemd-analyze of systemd 252 says of the unit; without settings it says 9.6. */
  private static final double MOST_EXPOSURE = 6.9;

  /** Each gives a service a mount namespace of its own; see systemd.exec(5). */
  private static final List<String> OWN_MOUNTS =
      List.of(
          "BindPaths",
          "InaccessiblePaths",
          "PrivateDevices",
          "PrivateMounts",
          "PrivateTmp",
          "ProtectControlGroups",
          "ProtectHome",
          "ProtectKernelLogs",
          "ProtectKernelModules",
          "ProtectKernelTunables",
          "ProtectProc",
          "ProtectSystem",
          "ReadOnlyPaths",
          "ReadWritePaths",
          "RootDirectory",
          "TemporaryFileSystem");

  @TempDir Path folder;

  @Test
  void systemdTakesIt() throws Exception {
    assertThat(analyzed("verify", executable().toString())).isEmpty();
  }

  @Test
  void itIsNoMoreExposedThanItWas() throws Exception {
    String said = analyzed("security", "--offline=true", "--no-pager", executable().toString());
    Matcher level = Pattern.compile("exposure level for \\S+ ([0-9.]+)").matcher(said);
    assertThat(level.find()).as(said).isTrue();
    assertThat(Double.parseDouble(level.group(1))).isLessThanOrEqualTo(MOST_EXPOSURE);
  }

  /** Else pinned namespaces would be gone with the service. */
  @Test
  void itSharesTheMountsOfTheMachine() throws IOException {
    List<String> keys =
        Files.readAllLines(UNIT).stream()
            .filter(line -> line.contains("=") && !line.startsWith("#"))
            .map(line -> line.substring(0, line.indexOf('=')))
            .toList();
    assertThat(keys)
        .contains("KillMode", "NoNewPrivileges")
        .doesNotContainAnyElementsOf(OWN_MOUNTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "jailed", "user"})
  void itsCapabilitiesAreEnoughForFunctionsOfEveryIsolation(String graph) throws Exception {
    try (Lab lab = new Lab(folder)) {
      String document = lab.chain("wire");
      during(
          lab,
          node -> {
            assertThat(Files.readString(Path.of("/proc", "" + node.process().pid(), "status")))
                .contains("NoNewPrivs:\t1");
            assertThat(lab.call(node.port(), "PUT", "/NF-FG/" + graph, document))
                .satisfies(
                    answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201));
            assertThat(lab.connected(7000)).isTrue();
          });
      assertThat(lab.connected(7001)).isTrue();
      during(
          lab,
          node -> {
            assertThat(lab.call(node.port(), "GET", "/NF-FG/status/" + graph, "").body())
                .contains("\"complete\"");
            assertThat(lab.connected(7002)).isTrue();
            lab.call(node.port(), "DELETE", "/NF-FG/" + graph, "");
          });
      assertThat(lab.traces()).isEmpty();
    }
  }

  private interface Work {
    void on(Running node) throws Exception;
  }

  /** Stops the node afterwards; it is not left running if something fails. */
  private static void during(Lab lab, Work work) throws Exception {
    Running node = restricted(lab);
    try {
      work.on(node);
      node.stop();
    } finally {
      node.kill();
    }
  }

  private static Running restricted(Lab lab) throws Exception {
    ProcessBuilder builder = Running.command(lab).redirectError(ProcessBuilder.Redirect.INHERIT);
    List<String> command = new ArrayList<>(List.of("setpriv", "--no-new-privs"));
    command.add("--bounding-set=-all,+" + String.join(",+", capabilities()));
    command.addAll(builder.command());
    command.addAll(List.of("--isolation", "jailed=jail", "--isolation", "user=user"));
    return Running.ready(builder.command(command).start());
  }

  /** Those of the unit that whoever runs the test has. */
  private static Set<String> capabilities() throws Exception {
    Set<String> named = new TreeSet<>();
    for (String line : Files.readAllLines(UNIT)) {
      if (line.startsWith("CapabilityBoundingSet=")) {
        for (String name : line.substring(line.indexOf('=') + 1).split(" ", -1)) {
          named.add(name.replace("CAP_", "").toLowerCase(Locale.ROOT));
        }
      }
    }
    assertThat(named).contains("sys_admin", "net_admin").doesNotContain("sys_module", "sys_boot");
    Matcher own =
        Pattern.compile("Capability bounding set: (\\S+)").matcher(output("setpriv", "--dump"));
    assertThat(own.find()).isTrue();
    named.retainAll(Set.of(own.group(1).split(",", -1)));
    return named;
  }

  /** A copy whose program is there. */
  private Path executable() throws IOException {
    String text = Files.readString(UNIT);
    assertThat(text).contains("ExecStart=/opt/universal-node/un serve\n");
    return Files.writeString(
        folder.resolve(UNIT.getFileName()), text.replace("/opt/universal-node/un", "/bin/true"));
  }

  private static String analyzed(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("systemd-analyze"));
    command.addAll(List.of(arguments));
    return output(command.toArray(String[]::new));
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
