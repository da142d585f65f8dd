package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.deploy.RunningPolicy;

/** The whole node: REST in, real packets through native functions out. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NodeTest {
  @TempDir Path folder;
  private Lab lab;
  private Node node;

  @BeforeEach
  void startANode() {
    lab = new Lab(folder);
    node = Node.start(lab.options());
  }

  @AfterEach
  void nothingIsLeft() {
    try (Lab last = lab) {
      for (JsonElement graph : array(get("/NF-FG"), "NF-FG")) {
        String id = graph.getAsJsonObject().get("nffg-uuid").getAsString();
        assertThat(call("DELETE", "/NF-FG/" + id, "").statusCode()).isEqualTo(204);
      }
      node.close();
      assertThat(last.traces()).isEmpty();
      assertThat(last.hasPins()).isFalse();
    }
  }

  @Test
  void aGraphOfFunctionsCarriesTrafficUntilItIsDeleted() {
    assertThat(lab.connected(7000)).isFalse();
    HttpResponse<String> created = call("PUT", "/NF-FG/g1", lab.chain("wire", "wire"));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("Location")).contains("/NF-FG/g1");
    assertThat(created.headers().firstValue("Server-Timing").orElse("")).contains("handlers;dur=");
    assertThat(lab.connected(7000)).isTrue();
    assertThat(get("/NF-FG/status/g1").get("status").getAsString()).isEqualTo("complete");
    assertThat(call("DELETE", "/NF-FG/g1", "").statusCode()).isEqualTo(204);
    assertThat(lab.connected(7000)).isFalse();
    assertThat(lab.traces()).isEmpty();
    assertThat(call("GET", "/NF-FG/g1", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aPostedGraphGetsAnIdAndComesBackAsItWent() {
    HttpResponse<String> created = call("POST", "/NF-FG/", lab.chain());
    String id = json(created.body()).get("nffg-uuid").getAsString();
    assertThat(lab.connected(7000)).isTrue();
    JsonObject graph = get("/NF-FG/" + id).getAsJsonObject("forwarding-graph");
    assertThat(graph.getAsJsonObject("big-switch").getAsJsonArray("flow-rules")).hasSize(2);
    assertThat(array(get("/NF-FG"), "NF-FG")).hasSize(1);
  }

  @Test
  void anUnknownFunctionIsNamedAndNothingIsMade() {
    refused(lab.chain("wire", "teleporter"), "/forwarding-graph/VNFs/1/functional-capability");
  }

  @Test
  void anUndeclaredEndPointIsNamedAndNothingIsMade() {
    String graph = lab.chain("wire").replace("\"endpoint:wan\"}]", "\"endpoint:9\"}]");
    JsonObject problem = refused(graph, "/forwarding-graph/big-switch/flow-rules/2/actions/0");
    assertThat(problem.get("detail").getAsString()).contains("9");
  }

  @Test
  void aMissingInterfaceIsNamedAndNothingIsMade() {
    String graph = lab.graph(lab.lan.cable(), "absent0", List.of("wire"));
    refused(graph, "/forwarding-graph/end-points/1/interface/if-name");
  }

  @Test
  void anInterfaceThatWasNotGivenIsNotTouched() {
    HttpResponse<String> answer =
        call("PUT", "/NF-FG/g1", lab.graph(lab.lan.cable(), "lo", List.of("wire")));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(json(answer.body()).get("detail").getAsString()).contains("\"lo\"", "not given");
    assertThat(lab.traces()).isEmpty();
  }

  @Test
  void aFunctionThatDoesNotStartTakesTheWholeNewGraphBack() {
    HttpResponse<String> answer = call("PUT", "/NF-FG/g1", lab.chain("wire", "broken"));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(json(answer.body()).get("detail").getAsString()).contains("status 9", "no way");
    assertThat(json(answer.body()).get("pointer").getAsString())
        .isEqualTo("/forwarding-graph/VNFs/1");
    assertThat(lab.traces()).isEmpty();
    assertThat(array(get("/NF-FG"), "NF-FG")).isEmpty();
  }

  @Test
  void aFunctionThatIsReplacedCarriesTraffic() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    assertThat(lab.connected(7000)).isTrue();
    for (String other : List.of("cord", "wire")) {
      assertThat(call("PUT", "/NF-FG/g1", lab.chain(other)).statusCode()).isEqualTo(202);
      assertThat(lab.connected(7000)).as("by " + other).isTrue();
    }
  }

  @Test
  void anUpdateThatFailsLeavesTheGraphAsItWas() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    List<String> before = lab.traces();
    JsonArray processes = processes("g1", 0);
    int status = call("PUT", "/NF-FG/g1", lab.chain("wire {\"a\":1}", "broken")).statusCode();
    assertThat(status).isEqualTo(500);
    assertThat(lab.traces()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(processes("g1", 0)).isEqualTo(processes);
    assertThat(lab.connected(7000)).isTrue();
    assertThat(get("/NF-FG/g1").toString()).doesNotContain("broken", "\"a\"");
  }

  @Test
  void anUpdateChangesWhatItNamesAndNothingElse() {
    call("PUT", "/NF-FG/g1", lab.chain("wire", "wire"));
    JsonArray first = processes("g1", 0);
    assertThat(call("PUT", "/NF-FG/g1", lab.chain("wire {\"a\":1}")).statusCode()).isEqualTo(202);
    assertThat(processes("g1", 0)).isEqualTo(first);
    assertThat(array(get("/NF-FG/status/g1"), "functions")).hasSize(1);
    assertThat(log("g1", "f0")).isEqualTo("started with {}\nupdated with {\"a\":1}\n");
    assertThat(lab.connected(7000)).isTrue();
  }

  @Test
  void aPlanChangesNothingAndApplyingDoesWhatItSays() {
    call("PUT", "/NF-FG/g1", lab.chain("wire", "wire"));
    List<String> traces = lab.traces();
    JsonObject graph = get("/NF-FG/g1");
    JsonObject status = get("/NF-FG/status/g1");
    String other = lab.chain("wire {\"a\":1}");
    JsonObject steps = plan("g1", other).getAsJsonObject("functions");
    assertThat(ids(array(steps, "update"))).containsExactly("f0");
    assertThat(ids(array(steps, "stop"))).containsExactly("f1");
    assertThat(call("POST", "/NF-FG/plan", lab.island("wire")).statusCode()).isEqualTo(200);
    assertThat(lab.traces()).containsExactlyInAnyOrderElementsOf(traces);
    assertThat(get("/NF-FG/g1")).isEqualTo(graph);
    assertThat(get("/NF-FG/status/g1")).isEqualTo(status);
    assertThat(array(get("/NF-FG"), "NF-FG")).hasSize(1);
    assertThat(log("g1", "f0")).isEqualTo("started with {}\n");
    assertThat(lab.connected(7000)).isTrue();
    call("PUT", "/NF-FG/g1", other);
    assertThat(ids(array(get("/NF-FG/status/g1"), "functions"))).containsExactly("f0");
    assertThat(plan("g1", other).get("changes").getAsBoolean()).isFalse();
  }

  @Test
  void anotherNameIsStoredAndTouchesNothing() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    JsonObject status = get("/NF-FG/status/g1");
    String renamed = lab.chain("wire").replace("\"test\"", "\"renamed\"");
    JsonObject plan = plan("g1", renamed);
    assertThat(plan.get("changes").getAsBoolean()).isTrue();
    assertThat(plan.get("cosmetic").getAsBoolean()).isTrue();
    HttpResponse<String> answer = call("PUT", "/NF-FG/g1", renamed);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Server-Timing").orElse("")).contains("handlers;dur=0");
    assertThat(get("/NF-FG/g1").toString()).contains("\"renamed\"");
    assertThat(get("/NF-FG/status/g1")).isEqualTo(status);
    node.close();
    node = Node.start(lab.options());
    assertThat(get("/NF-FG/g1").toString()).contains("\"renamed\"");
    assertThat(lab.connected(7000)).isTrue();
  }

  @Test
  void aPlanKnowsTheTrafficAndInterfacesOfOtherGraphs() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    HttpResponse<String> taken = call("POST", "/NF-FG/plan", lab.chain());
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(json(taken.body()).get("detail").getAsString()).contains("g1/");
    String speaker = speaker();
    JsonObject joins = json(call("POST", "/NF-FG/plan", speaker).body());
    assertThat(array(joins.getAsJsonObject("interfaces"), "taken")).isEmpty();
    call("PUT", "/NF-FG/g2", speaker);
    JsonObject leaves = plan("g1", lab.island("wire")).getAsJsonObject("interfaces");
    assertThat(array(leaves, "given-back")).containsExactly(new JsonPrimitive(lab.wan.cable()));
  }

  @Test
  void aConfigurationThatTheFunctionRefusesLeavesTheOldOne() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    HttpResponse<String> answer = call("PUT", "/NF-FG/g1", lab.chain("wire {\"refuse\":1}"));
    assertThat(json(answer.body()).get("detail").getAsString()).contains("no such setting");
    assertThat(lab.connected(7000)).isTrue();
    assertThat(call("PUT", "/NF-FG/g1", lab.chain("wire {\"a\":1}")).statusCode()).isEqualTo(202);
  }

  @Test
  void aReplacementThatFailsBringsTheOldFunctionBack() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    String broken = lab.chain("wire").replace("\"wire\"", "\"broken\"");
    assertThat(call("PUT", "/NF-FG/g1", broken).statusCode()).isEqualTo(500);
    assertThat(get("/NF-FG/status/g1").get("state").getAsString()).isEqualTo("active");
    assertThat(lab.connected(7000)).isTrue();
    assertThat(call("PUT", "/NF-FG/g1", lab.chain("wire", "wire")).statusCode()).isEqualTo(202);
    assertThat(lab.connected(7001)).isTrue();
  }

  @Test
  void deletingAndMakingAgainAtOnceLosesNoRules() {
    for (int i = 0; i < 10; i++) {
      call("PUT", "/NF-FG/g1", lab.chain("wire"));
      call("DELETE", "/NF-FG/g1", "");
    }
    call("PUT", "/NF-FG/g2", lab.chain("wire"));
    assertThat(lab.connected(7000)).isTrue();
    assertThat(lab.connected(7001)).isTrue();
  }

  @Test
  void graphsComeAndGoWithoutDisturbingEachOther() throws Exception {
    call("PUT", "/NF-FG/stays", lab.chain("wire"));
    List<Future<Set<Integer>>> passing = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        String path = "/NF-FG/passes" + i;
        passing.add(clients.submit(() -> comeAndGo(path)));
      }
    }
    for (Future<Set<Integer>> statuses : passing) {
      assertThat(statuses.get()).containsExactlyInAnyOrder(201, 204);
    }
    assertThat(array(get("/NF-FG"), "NF-FG")).hasSize(1);
    assertThat(lab.connected(7000)).isTrue();
  }

  @Test
  void aCableThatIsPluggedInAgainIsTheGraphsAgain() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    assertThat(lab.connected(7000)).isTrue();
    lab.replugLan();
    Awaitility.await().until(() -> lab.connected(7000));
  }

  @Test
  void anotherNodeCannotTakeAnInterface() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    NodeOptions mine = lab.options();
    NodeOptions other =
        new NodeOptions(
            mine.name() + "b",
            mine.listen(),
            folder.resolve("other"),
            mine.functions(),
            mine.interfaces(),
            mine.switchDriver(),
            RunningPolicy.AS_ASKED);
    try (Node second = Node.start(other)) {
      HttpResponse<String> answer = lab.call(second.port(), "PUT", "/NF-FG/g", lab.chain());
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("belongs to universal-node/" + mine.name());
    }
    assertThat(lab.connected(7000)).isTrue();
  }

  @Test
  void aGraphCannotTakeAnothersTraffic() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    HttpResponse<String> answer = call("PUT", "/NF-FG/g2", lab.chain());
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer.body()).get("detail").getAsString()).contains("g1/");
    assertThat(lab.connected(7000)).isTrue();
  }

  @Test
  void aStoppedNodeLeavesItsGraphsRunningAndTheNextTakesThemOver() {
    call("PUT", "/NF-FG/g1", lab.chain("wire"));
    JsonArray processes = processes("g1", 0);
    List<String> before = lab.traces();
    node.close();
    assertThat(lab.connected(7000)).isTrue();
    node = Node.start(lab.options());
    assertThat(processes("g1", 0)).isEqualTo(processes);
    assertThat(lab.traces()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(lab.connected(7001)).isTrue();
  }

  /** A graph that sends to lan and takes nothing from there. */
  private String speaker() {
    String lan =
        """
        "end-points":[{"id":"lan","type":"interface","interface":{"if-name":"%s"}}],"""
            .formatted(lab.lan.cable());
    return lab.island("wire")
        .replace("\"big-switch\"", lan + "\"big-switch\"")
        .replace("{\"output_to_port\":\"vnf:f0:p:1\"}", "{\"output_to_port\":\"endpoint:lan\"}");
  }

  private JsonObject plan(String graph, String document) {
    HttpResponse<String> answer = call("POST", "/NF-FG/" + graph + "/plan", document);
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer.body());
  }

  private String log(String graph, String function) {
    return call("GET", "/NF-FG/" + graph + "/functions/" + function + "/log", "").body();
  }

  private static List<String> ids(JsonArray elements) {
    return elements.asList().stream()
        .map(element -> element.getAsJsonObject().get("id").getAsString())
        .toList();
  }

  private Set<Integer> comeAndGo(String path) {
    Set<Integer> statuses = new HashSet<>();
    for (int round = 0; round < 5; round++) {
      statuses.add(call("PUT", path, lab.island("wire")).statusCode());
      statuses.add(call("DELETE", path, "").statusCode());
    }
    return statuses;
  }

  private JsonObject refused(String graph, String pointer) {
    HttpResponse<String> answer = call("PUT", "/NF-FG/g1", graph);
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonObject problem = json(answer.body());
    assertThat(problem.get("pointer").getAsString()).startsWith(pointer);
    assertThat(problem.getAsJsonArray("problems")).hasSize(1);
    assertThat(lab.traces()).isEmpty();
    assertThat(array(get("/NF-FG"), "NF-FG")).isEmpty();
    return problem;
  }

  private JsonArray processes(String graph, int function) {
    return array(get("/NF-FG/status/" + graph), "functions")
        .get(function)
        .getAsJsonObject()
        .getAsJsonArray("processes");
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return lab.call(node.port(), method, path, body);
  }

  private JsonObject get(String path) {
    return json(call("GET", path, "").body());
  }

  private static JsonArray array(JsonObject json, String key) {
    return json.getAsJsonArray(key);
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
