package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Every operation is answered in every way that the node's description of it says. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class OpenApiTest {
  private static final String GRAPHS = "/NF-FG";
  private static final String GRAPH = "/NF-FG/g1";
  private static final String ABSENT = "/NF-FG/absent";
  private static final String FUNCTION = GRAPH + "/functions/f0";
  private static final String WRONG = "{\"forwarding-graph\":{\"VNFs\":7}}";
  private static final String HUGE = " ".repeat((4 << 20) + 1);
  private static final String PASSWORD = "correct horse";
  private static final String NO_TAG = "no tag";

  @TempDir Path folder;
  private Lab lab;
  private Node node;
  private Described described;

  @BeforeEach
  void startANode() {
    lab = new Lab(folder);
    lab.needy("only", "alone", "no-such-tool-anywhere");
    node = Node.start(lab.options().with(SecurityOptions.ACCOUNTS));
    described = new Described(lab.call(node.port(), "GET", "/openapi.json", "").body());
  }

  @AfterEach
  void stopIt() {
    lab.call(node.port(), "DELETE", GRAPH, "");
    node.close();
    assertThat(lab.traces()).isEmpty();
    lab.close();
  }

  @Test
  void everyOperationAnswersAsDescribed() {
    askForTheNode();
    askForNewGraphs();
    putTheGraph();
    askForTheGraph();
    askForItsFunction();
    askForItsPermissions();
    deleteTheGraph();
    askForUsers();
    logInAndOut();
    askForGroups();
    ask("listGraphs", "PUT", GRAPHS, "", 405);
    assertThat(described.unseen()).allMatch(answer -> answer.endsWith(" default"));
  }

  private void askForTheNode() {
    ask("listFunctions", "GET", "/functions", "", 200);
    ask("getCapabilities", "GET", "/capabilities", "", 200);
    ask("getOffer", "GET", "/vnf/wire", "", 200);
    ask("getOffer", "GET", "/vnf/alone", "", 404);
    ask("getDomainDescription", "GET", "/domain-description", "", 200);
    ask("getHealth", "GET", "/health", "", 200);
    ask("getMetrics", "GET", "/metrics", "", 200);
    ask("getOpenApi", "GET", "/openapi.json", "", 200);
    ask("listGraphs", "GET", GRAPHS, "", 200);
    ask("followEvents", "HEAD", "/events", "", 200);
    ask("followEvents", "GET", "/events?after=x", "", 400);
  }

  private void askForNewGraphs() {
    ask("planNewGraph", "POST", GRAPHS + "/plan", lab.chain("wire"), 200);
    ask("planNewGraph", "POST", GRAPHS + "/plan", WRONG, 400);
    ask("planNewGraph", "POST", GRAPHS + "/plan", HUGE, 413);
    ask("planNewGraph", "POST", GRAPHS + "/plan", lab.island("alone"), 422);
    ask("createGraph", "POST", GRAPHS, WRONG, 400);
    ask("createGraph", "POST", GRAPHS, HUGE, 413);
    ask("createGraph", "POST", GRAPHS, lab.island("alone"), 422);
    HttpResponse<String> made = ask("createGraph", "POST", GRAPHS, lab.chain("wire"), 201);
    String location = made.headers().firstValue("Location").orElseThrow();
    ask("createGraph", "POST", GRAPHS, lab.chain("wire"), 409);
    ask("putGraph", "PUT", GRAPH, lab.chain("wire"), 409);
    ask("deleteGraph", "DELETE", location, "", 204);
  }

  private void putTheGraph() {
    ask("putGraph", "PUT", GRAPH, WRONG, 400);
    ask("putGraph", "PUT", GRAPH, HUGE, 413);
    ask("putGraph", "PUT", GRAPH, lab.island("alone"), 422);
    ask("putGraph", "PUT", GRAPH, lab.chain("wire", "cord"), 201);
    ask("putGraph", "PUT", GRAPH, lab.chain("wire"), 202);
    described.check(
        "putGraph", send("PUT", GRAPH, lab.chain("cord"), "If-None-Match", "*")); // there is one
  }

  private void askForTheGraph() {
    HttpResponse<String> graph = ask("getGraph", "GET", GRAPH, "", 200);
    String tag = graph.headers().firstValue("ETag").orElseThrow();
    described.check("getGraph", send("GET", GRAPH, "", "If-None-Match", tag));
    described.check("getGraph", send("GET", GRAPH, "", "If-None-Match", NO_TAG));
    ask("getGraph", "GET", ABSENT, "", 404);
    ask("listGraphs", "GET", GRAPHS, "", 200);
    ask("getStatus", "GET", GRAPHS + "/status/g1", "", 200);
    ask("getStatus", "GET", GRAPHS + "/status/absent", "", 404);
    ask("planGraph", "POST", GRAPH + "/plan", lab.chain("cord"), 200);
    ask("planGraph", "POST", GRAPH + "/plan", WRONG, 400);
    ask("planGraph", "POST", ABSENT + "/plan", lab.chain("cord"), 404);
    ask("planGraph", "POST", GRAPH + "/plan", HUGE, 413);
    ask("planGraph", "POST", GRAPH + "/plan", lab.island("alone"), 422);
    String packet = "{\"in\":\"endpoint:lan\",\"packet\":\"tcp 10.0.0.1:1 -> 10.0.0.2:80\"}";
    ask("tracePacket", "POST", GRAPH + "/trace", packet, 200);
    ask("tracePacket", "POST", GRAPH + "/trace", "{}", 400);
    ask("tracePacket", "POST", ABSENT + "/trace", packet, 404);
    ask("getCounters", "GET", GRAPH + "/counters", "", 200);
    ask("getCounters", "GET", ABSENT + "/counters", "", 404);
  }

  private void askForItsFunction() {
    String absent = GRAPH + "/functions/absent";
    ask("getFunction", "GET", FUNCTION, "", 200);
    ask("getFunction", "GET", absent, "", 404);
    ask("getLog", "GET", FUNCTION + "/log", "", 200);
    ask("getLog", "GET", FUNCTION + "/log?from=x", "", 400);
    ask("getLog", "GET", absent + "/log", "", 404);
    ask("runCommand", "POST", FUNCTION + "/exec", "{\"command\":[\"true\"]}", 200);
    ask("runCommand", "POST", FUNCTION + "/exec", "{}", 400);
    ask("runCommand", "POST", absent + "/exec", "{\"command\":[\"true\"]}", 404);
    ask("pauseFunction", "POST", FUNCTION + "/pause", "", 204);
    ask("pauseFunction", "POST", absent + "/pause", "", 404);
    ask("resumeFunction", "POST", FUNCTION + "/resume", "", 204);
    ask("resumeFunction", "POST", absent + "/resume", "", 404);
  }

  private void askForItsPermissions() {
    ask("getPermissions", "GET", GRAPH + "/permissions", "", 200);
    ask("getPermissions", "GET", ABSENT + "/permissions", "", 404);
    ask("setPermissions", "PUT", GRAPH + "/permissions", "{\"group\":\"AAD\"}", 204);
    ask("setPermissions", "PUT", GRAPH + "/permissions", "{\"group\":\"yes\"}", 400);
    ask("setPermissions", "PUT", ABSENT + "/permissions", "{}", 404);
  }

  private void askForUsers() {
    String anna = "{\"password\":\"%s\",\"group\":\"admin\"}".formatted(PASSWORD);
    ask("createUser", "POST", "/users/anna", anna, 202);
    ask("createUser", "POST", "/users/anna", anna, 409);
    ask("createUser", "POST", "/users/bert", "{}", 400);
    ask("listUsers", "GET", "/users", "", 200);
    ask("getUser", "GET", "/users/anna", "", 200);
    ask("getUser", "GET", "/users/absent", "", 404);
    ask("changeUser", "PUT", "/users/anna", "{\"role\":\"operator\"}", 204);
    ask("changeUser", "PUT", "/users/anna", "{}", 400);
    ask("changeUser", "PUT", "/users/absent", "{\"role\":\"tenant\"}", 404);
    ask("changeUser", "PUT", "/users/admin", "{\"role\":\"tenant\"}", 409);
    String password = "{\"password\":\"%s\"}".formatted(PASSWORD);
    ask("setPassword", "PUT", "/users/anna/password", password, 204);
    ask("setPassword", "PUT", "/users/anna/password", "{\"password\":\"short\"}", 400);
    ask("setPassword", "PUT", "/users/absent/password", password, 404);
    ask("endSessions", "DELETE", "/users/anna/tokens", "", 204);
    ask("endSessions", "DELETE", "/users/absent/tokens", "", 404);
  }

  private void logInAndOut() {
    String login = "{\"username\":\"anna\",\"password\":\"%s\"}";
    String token = ask("logIn", "POST", "/login", login.formatted(PASSWORD), 200).body();
    ask("logIn", "POST", "/login", login.formatted("wrong"), 401);
    ask("logIn", "POST", "/login", "{}", 400);
    described.check("logOut", send("DELETE", "/login", "", "X-Auth-Token", token));
    HttpResponse<String> late = send("GET", GRAPHS, "", "X-Auth-Token", token);
    assertThat(late.statusCode()).isEqualTo(401);
    described.check("listGraphs", late);
    ask("deleteUser", "DELETE", "/users/anna", "", 204);
    ask("deleteUser", "DELETE", "/users/anna", "", 404);
    ask("deleteUser", "DELETE", "/users/admin", "", 409);
  }

  private void askForGroups() {
    ask("createGroup", "PUT", "/groups/blue", "", 201);
    ask("createGroup", "PUT", "/groups/blue", "", 204);
    ask("createGroup", "PUT", "/groups/_", "", 400);
    ask("listGroups", "GET", "/groups", "", 200);
    ask("deleteGroup", "DELETE", "/groups/blue", "", 204);
    ask("deleteGroup", "DELETE", "/groups/blue", "", 404);
    ask("deleteGroup", "DELETE", "/groups/admin", "", 409);
  }

  private void deleteTheGraph() {
    described.check("deleteGraph", send("DELETE", GRAPH, "", "If-Match", NO_TAG));
    described.check("deleteGraph", send("DELETE", GRAPH, "", "If-Match", "\"other\""));
    ask("deleteGraph", "DELETE", GRAPH, "", 204);
    ask("deleteGraph", "DELETE", GRAPH, "", 404);
  }

  private HttpResponse<String> ask(
      String operation, String method, String path, String body, int status) {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(operation + " " + answer.body()).isEqualTo(status);
    described.check(operation, answer);
    return answer;
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    return lab.call(node.port(), method, path, body, headers);
  }
}
