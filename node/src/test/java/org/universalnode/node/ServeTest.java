package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code un serve} with a file. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ServeTest {
  @TempDir Path folder;

  @Test
  void initialGraphsAreAppliedWhereTheyAreMissingAndNeverOverwrite() throws Exception {
    try (Lab lab = new Lab(folder)) {
      write("good.json", lab.chain("wire"));
      write("bad.json", lab.chain("unheard-of"));
      write("node.toml", graph("bad") + graph("good"));
      Running first = start(lab, Map.of());
      assertThat(ids(lab, first)).containsExactly("good");
      assertThat(lab.connected(7000)).isTrue();
      assertThat(lab.call(first.port(), "PUT", "/NF-FG/good", lab.chain("cord")).statusCode())
          .isLessThan(300);
      first.stop();

      Running second = start(lab, Map.of());
      assertThat(lab.call(second.port(), "GET", "/NF-FG/good", "").body())
          .contains("cord")
          .doesNotContain("wire");
      lab.call(second.port(), "DELETE", "/NF-FG/good", "");
      second.stop();
      assertThat(lab.traces()).isEmpty();
    }
  }

  @Test
  void theServiceManagerHearsThatItIsReadyOnceItCanBeTalkedToAndThatItStops() throws Exception {
    Path socket = folder.resolve("notify");
    Path heard = folder.resolve("heard");
    Process manager =
        new ProcessBuilder("socat", "-u", "UNIX-RECV:" + socket, "CREATE:" + heard).start();
    try (Lab lab = new Lab(folder)) {
      await().until(() -> Files.exists(socket));
      write("node.toml", "");
      Running node = start(lab, Map.of("NOTIFY_SOCKET", socket.toString()));
      await().until(() -> Files.readString(heard).contains("READY=1"));
      assertThat(Files.readString(heard))
          .isEqualTo(
              "STATUS=Taking over graphs.\nREADY=1\nSTATUS=Ready at http://127.0.0.1:%d\n"
                  .formatted(node.port()));
      assertThat(ids(lab, node)).isEmpty();
      node.stop();
      await().until(() -> Files.readString(heard).contains("STOPPING=1\n"));
    } finally {
      manager.destroy();
      manager.waitFor();
    }
  }

  @Test
  void aCheckShowsWhatHoldsAndFindsNothingWrong() throws Exception {
    try (Lab lab = new Lab(folder)) {
      write("good.json", lab.chain("wire"));
      write("node.toml", "[archives]\ncache-mb = 7\n" + graph("good"));
      Ended check = check(lab, Map.of("UN_SHARE", "wire"));
      assertThat(check.errors()).isEmpty();
      assertThat(check.status()).isZero();
      assertThat(check.output().lines().map(line -> line.replaceAll(" +", " ")))
          .contains(
              "node.name " + lab.options().name() + " --name",
              "running.share wire UN_SHARE",
              "archives.cache-mb 7 " + folder + "/node.toml:2:1",
              "health.sweep-seconds 30 default",
              "graph good " + folder + "/good.json " + folder + "/node.toml:5:1");
      assertThat(lab.traces()).isEmpty();
      assertThat(folder.resolve("state")).doesNotExist();
    }
  }

  @Test
  void aCheckSaysAllThatIsWrong() throws Exception {
    try (Lab lab = new Lab(folder)) {
      write("bad.json", "{\"forwarding-graph\":{\"nam\":1}}");
      write("node.toml", "colour = 1\n[archives]\npublishers = 'none'\n" + graph("bad"));
      Ended check =
          check(lab, Map.of(), "--json", "--interface=nosuch0", "--switch=abacus", "--state=/proc");
      assertThat(check.status()).isEqualTo(1);
      JsonObject said = JsonParser.parseString(check.output()).getAsJsonObject();
      assertThat(details(said.getAsJsonArray("problems")))
          .satisfiesExactly(
              one ->
                  assertThat(one).isEqualTo(folder + "/node.toml:1:1: \"colour\" is unknown here"),
              one -> assertThat(one).contains("--interface", "no interface \"nosuch0\""),
              one -> assertThat(one).contains("node.toml:3:1", "no folder of publishers"),
              one -> assertThat(one).contains("--switch", "\"abacus\"", "none is called so"),
              one -> assertThat(one).contains("bad.json /forwarding-graph/nam", "unknown"));
    }
  }

  @Test
  void templatesThatOthersMayHaveWrittenAreRefusedUnlessEverythingIsTaken() throws Exception {
    try (Lab lab = new Lab(folder)) {
      write("node.toml", "");
      Path functions = lab.options().functions();
      Files.setPosixFilePermissions(functions, PosixFilePermissions.fromString("rwxrwxrwx"));
      Ended refused = check(lab, Map.of());
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.output() + refused.errors()).contains("others may write to " + functions);
      assertThat(check(lab, Map.of(), "--unsigned=any").status()).isZero();
    }
  }

  @Test
  void anOptionThatIsNoneIsAnErrorOfUse() throws Exception {
    try (Lab lab = new Lab(folder)) {
      write("node.toml", "");
      Ended ended = check(lab, Map.of(), "--nosuch");
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.errors()).contains("Unknown option: '--nosuch'", "Usage: un serve");
    }
  }

  private record Ended(int status, String output, String errors) {}

  private Ended check(Lab lab, Map<String, String> environment, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--config", file(), "--check"));
    arguments.addAll(Arrays.asList(more));
    ProcessBuilder builder = Running.command(lab);
    builder.command().addAll(arguments);
    builder.environment().putAll(environment);
    Path errors = folder.resolve("errors");
    Process process = builder.redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output, Files.readString(errors));
  }

  private Running start(Lab lab, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = Running.command(lab).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.command().addAll(List.of("--config", file()));
    builder.environment().putAll(environment);
    return Running.ready(builder.start());
  }

  private static List<String> ids(Lab lab, Running node) {
    String listed = lab.call(node.port(), "GET", "/NF-FG", "").body();
    JsonElement graphs = JsonParser.parseString(listed).getAsJsonObject().get("NF-FG");
    return StreamSupport.stream(graphs.getAsJsonArray().spliterator(), false)
        .map(graph -> graph.getAsJsonObject().get("nffg-uuid").getAsString())
        .toList();
  }

  private static List<String> details(Iterable<JsonElement> problems) {
    return StreamSupport.stream(problems.spliterator(), false)
        .map(problem -> problem.getAsJsonObject().get("detail").getAsString())
        .toList();
  }

  private String file() {
    return folder.resolve("node.toml").toString();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String graph(String id) {
    return "[[graph]]\nid = '%s'\nfile = '%s.json'\n".formatted(id, id);
  }
}
