package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.RouteSocket;

/**
 * Two nodes are driven as the published orchestrator drives its domains: one chain, split between
 * them at a VLAN, in two graphs with the names that it makes up. At the second it has to log in.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class OrchestratorCompatibilityTest {
  private static final String PASSWORD = "correct horse";
  private static final String SPLIT = "auto-generated-split_nf.00000001/ep.00000002";

  @TempDir Path folder;
  private Lab lab;
  private String near;
  private String far;
  private Node first;
  private Node second;

  @BeforeEach
  void startTwoDomains() {
    lab = new Lab(folder);
    NodeOptions options = lab.options();
    near = options.name() + "x";
    far = options.name() + "y";
    try (RouteSocket route = RouteSocket.open()) {
      route.createVeth(near, far, "02:00:00:00:00:78");
    }
    first = Node.start(domain(options, options.name(), lab.lan.cable(), near));
    NodeOptions other = domain(options, options.name() + "b", lab.wan.cable(), far);
    second = Node.start(other.with(SecurityOptions.ACCOUNTS));
    String user =
        "{\"password\":\"%s\",\"group\":\"admin\",\"role\":\"operator\"}".formatted(PASSWORD);
    HttpResponse<String> made = lab.call(second.port(), "POST", "/users/orchestrator", user);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(202);
  }

  private static NodeOptions domain(NodeOptions like, String name, String one, String other) {
    return new NodeOptions(
        name,
        like.listen(),
        like.state().resolveSibling("state-" + name),
        like.functions(),
        Set.of(one, other),
        like.switchDriver(),
        like.running());
  }

  @AfterEach
  void stop() {
    try (Lab _ = lab;
        RouteSocket route = RouteSocket.open()) {
      first.close();
      second.close();
      route.deleteLink(near);
      assertThat(lab.traces()).isEmpty();
    }
  }

  @Test
  void aChainIsSplitBetweenTwoDomainsUpdatedAndTakenDown() {
    String here = create(first, function(lab.lan.cable(), near, "node-1"));
    String there = create(second, passage(lab.wan.cable(), far, "node-2"));
    await(first, here);
    await(second, there);
    assertThat(lab.connected(7001)).as("through both domains").isTrue();
    assertThat(listed(first)).containsExactly(here);

    String changed = function(lab.lan.cable(), near, "node-1").replace("20000", "20001");
    HttpResponse<String> update = send(first, "PUT", "/NF-FG/" + here, changed);
    assertThat(update.statusCode()).as(update.body()).isEqualTo(202);
    await(first, here);
    assertThat(lab.connected(7002)).as("after the update").isTrue();

    assertThat(send(second, "DELETE", "/NF-FG/" + there, "").statusCode()).isEqualTo(204);
    assertThat(lab.connected(7003)).as("without the second domain").isFalse();
    assertThat(send(first, "DELETE", "/NF-FG/" + here, "").statusCode()).isEqualTo(204);
    assertThat(listed(first)).isEmpty();
  }

  @Test
  void aGraphThatIsReadIsTheGraphThatWasSent() {
    String id = create(second, passage(lab.wan.cable(), far, "node-2"));
    HttpResponse<String> read = send(second, "GET", "/NF-FG/" + id, "");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
    JsonArray endPoints =
        object(read).getAsJsonObject("forwarding-graph").getAsJsonArray("end-points");
    assertThat(endPoints.asList())
        .anyMatch(one -> one.getAsJsonObject().get("id").getAsString().equals(SPLIT));
    HttpResponse<String> again = send(second, "PUT", "/NF-FG/" + id, read.body());
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
    assertThat(send(second, "DELETE", "/NF-FG/" + id, "").statusCode()).isEqualTo(204);
  }

  @Test
  void whatIsAbsentIsAbsentAndAnUpdateOfItMakesIt() {
    assertThat(send(second, "GET", "/NF-FG/absent", "").statusCode()).isEqualTo(404);
    assertThat(send(second, "GET", "/NF-FG/status/absent", "").statusCode()).isEqualTo(404);
    assertThat(send(second, "DELETE", "/NF-FG/absent", "").statusCode()).isEqualTo(404);
    String graph = passage(lab.wan.cable(), far, "node-2");
    assertThat(send(second, "PUT", "/NF-FG/absent", graph).statusCode()).isEqualTo(201);
    assertThat(send(second, "DELETE", "/NF-FG/absent", "").statusCode()).isEqualTo(204);
  }

  /** It logs in anew whenever a token is refused. */
  @Test
  void whoDoesNotLogInIsTurnedAway() {
    HttpResponse<String> late =
        lab.call(second.port(), "GET", "/NF-FG", "", "X-Auth-Token", "of yesterday");
    assertThat(late.statusCode()).isEqualTo(401);
    String wrong = "{\"username\":\"orchestrator\",\"password\":\"admin\"}";
    assertThat(lab.call(second.port(), "POST", "/login", wrong).statusCode()).isEqualTo(401);
    assertThat(lab.call(second.port(), "POST", "/login", "{}").statusCode()).isEqualTo(400);
    assertThat(listed(second)).isEmpty();
  }

  private String create(Node node, String graph) {
    HttpResponse<String> answer = send(node, "POST", "/NF-FG/", graph);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return object(answer).get("nffg-uuid").getAsString();
  }

  /** The orchestrator waits for this word. */
  private void await(Node node, String graph) {
    JsonObject status = object(send(node, "GET", "/NF-FG/status/" + graph, ""));
    assertThat(status.get("status").getAsString()).isEqualTo("complete");
    assertThat(status.get("percentage_completed").getAsInt()).isEqualTo(100);
  }

  private List<String> listed(Node node) {
    List<String> ids = new ArrayList<>();
    JsonArray graphs = object(send(node, "GET", "/NF-FG", "")).getAsJsonArray("NF-FG");
    graphs.forEach(
        one -> {
          assertThat(one.getAsJsonObject().has("forwarding-graph")).isTrue();
          ids.add(one.getAsJsonObject().get("nffg-uuid").getAsString());
        });
    return ids;
  }

  private HttpResponse<String> send(Node node, String method, String path, String body) {
    List<String> headers =
        new ArrayList<>(List.of("Content-Type", "application/json", "cache-control", "no-cache"));
    token(node).forEach(headers::add);
    return lab.call(node.port(), method, path, body, headers.toArray(String[]::new));
  }

  /** The first domain has no authentication, and so no login; then no token is sent. */
  private List<String> token(Node node) {
    String user = "{\"username\":\"orchestrator\",\"password\":\"%s\"}".formatted(PASSWORD);
    HttpResponse<String> login = lab.call(node.port(), "POST", "/login", user);
    assertThat(login.statusCode()).isEqualTo(node == first ? 501 : 200);
    return login.statusCode() == 200 ? List.of("X-Auth-Token", login.body()) : List.of();
  }

  private static JsonObject object(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /** The part with the function, which has a capability and no name. */
  private static String function(String lan, String trunk, String nodeId) {
    return """
        {"forwarding-graph":{"id":"35890504","name":"ISP-Graph",
         "VNFs":[{"id":"00000001","functional-capability":"wire",
          "ports":[{"id":"p:0","name":"data-port"},{"id":"p:1","name":"data-port"}]}],
         "end-points":[
          {"id":"00000001","type":"interface",
           "interface":{"node-id":"%s","if-name":"%s"}},%s],
         "big-switch":{"flow-rules":[%s,%s,%s,%s]}}}"""
        .formatted(
            nodeId,
            lan,
            split(trunk, nodeId),
            rule("11000000001", "endpoint:00000001", "vnf:00000001:p:0"),
            rule("11000000002", "vnf:00000001:p:0", "endpoint:00000001"),
            rule("11000000003_1", "vnf:00000001:p:1", "endpoint:" + SPLIT),
            rule("11000000004_2", "endpoint:" + SPLIT, "vnf:00000001:p:1"));
  }

  private static String passage(String wan, String trunk, String nodeId) {
    return """
        {"forwarding-graph":{"id":"35890504","name":"ISP-Graph","VNFs":[],
         "end-points":[
          {"id":"00000002","type":"interface",
           "interface":{"node-id":"%s","if-name":"%s"}},%s],
         "big-switch":{"flow-rules":[%s,%s]}}}"""
        .formatted(
            nodeId,
            wan,
            split(trunk, nodeId),
            rule("11000000003_2", "endpoint:" + SPLIT, "endpoint:00000002"),
            rule("11000000004_1", "endpoint:00000002", "endpoint:" + SPLIT));
  }

  private static String split(String trunk, String nodeId) {
    return """
        {"id":"%s","type":"vlan",
         "vlan":{"vlan-id":"288","if-name":"%s","node-id":"%s"}}"""
        .formatted(SPLIT, trunk, nodeId);
  }

  private static String rule(String id, String from, String to) {
    return """
        {"id":"%s","priority":20000,"match":{"port_in":"%s"},
         "actions":[{"output_to_port":"%s"}]}"""
        .formatted(id, from, to);
  }
}
