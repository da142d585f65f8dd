package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.nffg.Isolation;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.node.deploy.RunningPolicy.Demand;

/** What can be seen of a function that runs, and done with it, over REST. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class InstancesTest {
  private static final String FUNCTION = "/NF-FG/g1/functions/f0";

  @TempDir Path folder;
  private Lab lab;
  private Node node;

  @BeforeEach
  void aChainRunsOnANodeWhoseOperatorWantsUserNamespacesForGraphsLikeIt() {
    lab = new Lab(folder);
    NodeOptions usual = lab.options();
    RunningPolicy policy = new RunningPolicy(List.of(new Demand("g*", Isolation.USER)), Set.of());
    node =
        Node.start(
            new NodeOptions(
                usual.name(),
                usual.listen(),
                usual.state(),
                usual.functions(),
                usual.interfaces(),
                usual.switchDriver(),
                policy));
    assertThat(call("PUT", "/NF-FG/g1", lab.chain("wire")).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void stopIt() {
    call("DELETE", "/NF-FG/g1", "");
    node.close();
    lab.close();
  }

  @Test
  void itTellsHowItIsAndWhatItMayUse() {
    JsonObject function = document(call("GET", FUNCTION, ""));
    assertThat(function.get("state").getAsString()).isEqualTo("running");
    assertThat(function.get("healthy").getAsBoolean()).isTrue();
    JsonObject limits = function.getAsJsonObject("limits");
    assertThat(limits.get("isolation").getAsString()).isEqualTo("user");
    assertThat(limits.get("processes").getAsInt()).isEqualTo(512);
    assertThat(function.getAsJsonObject("usage").get("cores").getAsJsonArray()).isNotEmpty();
  }

  @Test
  void aCommandRunsInsideAndTellsItsStatus() {
    JsonObject done =
        document(
            call("POST", FUNCTION + "/exec", "{\"command\":[\"sh\",\"-c\",\"id -u; exit 3\"]}"));
    assertThat(done.get("output").getAsString()).isEqualTo("0\n");
    assertThat(done.get("status").getAsInt()).isEqualTo(3);
    JsonObject map =
        document(
            call("POST", FUNCTION + "/exec", "{\"command\":[\"cat\",\"/proc/self/uid_map\"]}"));
    assertThat(map.get("output").getAsString().strip()).doesNotMatch("0 +0 .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | ''",
        "{\"command\":[]} | /command",
        "{\"command\":[1]} | /command",
        "{\"command\":[\"id\"],\"seconds\":0} | /seconds",
        "{\"command\":[\"id\"],\"shell\":true} | /shell"
      })
  void aCommandThatMakesNoSenseIsRefused(String body, String pointer) {
    HttpResponse<String> answer = call("POST", FUNCTION + "/exec", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(document(answer).get("pointer").getAsString()).isEqualTo(pointer);
  }

  @Test
  void aPausedFunctionPassesNothingUntilItIsResumed() {
    assertThat(call("POST", FUNCTION + "/pause", "").statusCode()).isEqualTo(204);
    assertThat(document(call("GET", FUNCTION, "")).get("state").getAsString()).isEqualTo("paused");
    assertThat(lab.lan.connect(lab.wan, "10.0.0.2", 80)).isEmpty();
    assertThat(call("POST", FUNCTION + "/exec", "{\"command\":[\"id\"]}").statusCode())
        .isEqualTo(409);
    assertThat(call("POST", FUNCTION + "/resume", "").statusCode()).isEqualTo(204);
    assertThat(lab.lan.connect(lab.wan, "10.0.0.2", 80)).isPresent();
  }

  @Test
  void theLogGoesOnWhereAnAnswerEnded() {
    HttpResponse<String> first = call("GET", FUNCTION + "/log", "");
    String next = first.headers().firstValue("Log-Next").orElseThrow();
    assertThat(call("GET", FUNCTION + "/log?from=" + next, "").body()).isEmpty();
    assertThat(call("GET", FUNCTION + "/log?from=x", "").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /NF-FG/g1/functions/other, 404",
    "POST, /NF-FG/g1/functions/other/pause, 404",
    "GET, /NF-FG/g1/functions/f0/pause, 405",
    "GET, /NF-FG/g1/functions/f0/exec, 405",
    "POST, /NF-FG/g1/functions/f0, 405",
    "GET, /NF-FG/g1/functions/f0/shell, 404",
    "GET, /NF-FG/g1/functions/f0/log/more, 404"
  })
  void everyOtherPathAndMethodIsRefused(String method, String path, int status) {
    assertThat(call(method, path, "").statusCode()).isEqualTo(status);
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return lab.call(node.port(), method, path, body);
  }

  private static JsonObject document(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
