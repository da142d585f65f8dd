package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.deploy.Limit;

/** Two tenants of one node, who are to know nothing of each other. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class TenantsTest {
  private static final String EMPTY_GRAPH =
      "{\"forwarding-graph\":{\"VNFs\":[],\"end-points\":[],\"big-switch\":{\"flow-rules\":[]}}}";

  @TempDir Path folder;
  private Lab lab;
  private Node node;
  private String anna;
  private String bert;

  @BeforeEach
  void startANodeWithTwoTenants() {
    lab = new Lab(folder);
    node = Node.start(lab.options().with(SecurityOptions.ACCOUNTS));
    anna = tenant("anna", "blue");
    bert = tenant("bert", "red");
  }

  @AfterEach
  void stop() {
    for (String graph : List.of("annas", "berts", "same")) {
      lab.call(node.port(), "DELETE", "/NF-FG/" + graph, "");
    }
    node.close();
    assertThat(lab.traces()).isEmpty();
    lab.close();
  }

  @Test
  void eachSeesTheOwnGraphsOnlyAlsoAfterTheNodeStartedAgain() {
    assertThat(as(anna, "PUT", "/NF-FG/annas", EMPTY_GRAPH).statusCode()).isEqualTo(201);
    assertThat(as(bert, "PUT", "/NF-FG/berts", EMPTY_GRAPH).statusCode()).isEqualTo(201);
    assertThat(listed(anna)).containsExactly("annas");
    assertThat(listed(bert)).containsExactly("berts");
    node.close();
    node = Node.start(lab.options().with(SecurityOptions.ACCOUNTS));
    assertThat(as(anna, "GET", "/NF-FG", "").statusCode()).as("tokens are gone").isEqualTo(401);
    anna = login("anna");
    assertThat(listed(anna)).containsExactly("annas");
  }

  @Test
  void aForeignGraphLooksLikeNone() {
    as(anna, "PUT", "/NF-FG/annas", EMPTY_GRAPH);
    HttpResponse<String> foreign = as(bert, "GET", "/NF-FG/annas", "");
    HttpResponse<String> absent = as(bert, "GET", "/NF-FG/absent", "");
    assertThat(foreign.statusCode()).isEqualTo(absent.statusCode()).isEqualTo(404);
    assertThat(foreign.body().replace("annas", "absent")).isEqualTo(absent.body());
    assertThat(as(bert, "DELETE", "/NF-FG/annas", "").statusCode()).isEqualTo(404);
    assertThat(as(bert, "PUT", "/NF-FG/annas", EMPTY_GRAPH).statusCode()).isEqualTo(403);
    assertThat(listed(anna)).containsExactly("annas");
  }

  @Test
  void anOwnerCanLetOthersIn() {
    as(anna, "PUT", "/NF-FG/annas", EMPTY_GRAPH);
    as(anna, "PUT", "/NF-FG/annas/permissions", "{\"all\":\"AAD\"}");
    assertThat(listed(bert)).containsExactly("annas");
    assertThat(as(bert, "PUT", "/NF-FG/annas", EMPTY_GRAPH).statusCode()).isEqualTo(202);
    assertThat(as(bert, "DELETE", "/NF-FG/annas", "").statusCode()).isEqualTo(403);
    HttpResponse<String> permissions = as(bert, "GET", "/NF-FG/annas/permissions", "");
    assertThat(JsonParser.parseString(permissions.body()))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"owner":"anna","group":"blue",
                 "permissions":{"owner":"AAA","group":"ADD","all":"AAD"}}"""));
  }

  @Test
  void aGroupsLimitIsForTheGraphsOfItsUsersUnderWhateverId() {
    node.close();
    Limit one = new Limit("group:blue", 1, 9, 9, 999);
    node =
        Node.start(lab.options().with(SecurityOptions.ACCOUNTS).with(List.of(Limit.DEFAULT, one)));
    anna = login("anna");
    bert = login("bert");
    assertThat(as(anna, "PUT", "/NF-FG/annas", EMPTY_GRAPH).statusCode()).isEqualTo(201);
    HttpResponse<String> second = as(anna, "POST", "/NF-FG", EMPTY_GRAPH);
    assertThat(second.statusCode()).isEqualTo(413);
    assertThat(second.body()).contains("group:blue");
    assertThat(listed(anna)).containsExactly("annas");
    assertThat(as(bert, "PUT", "/NF-FG/berts", EMPTY_GRAPH).statusCode()).isEqualTo(201);
    assertThat(as(bert, "PUT", "/NF-FG/same", EMPTY_GRAPH).statusCode()).isEqualTo(201);
  }

  @Test
  void tenantsMeetInternallyOnlyWhereTheNodesOwnerBringsThemTogether() {
    String meeting =
        EMPTY_GRAPH.replace(
            "\"end-points\":[]",
            "\"end-points\":[{\"id\":\"1\",\"type\":\"internal\","
                + "\"internal\":{\"internal-group\":\"hall\"}}]");
    assertThat(as(anna, "PUT", "/NF-FG/annas", meeting).statusCode()).isEqualTo(201);
    HttpResponse<String> refused = as(bert, "PUT", "/NF-FG/berts", meeting);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("/end-points/0/internal/internal-group");
    assertThat(listed(bert)).isEmpty();
    assertThat(lab.call(node.port(), "PUT", "/NF-FG/same", meeting).statusCode()).isEqualTo(201);
    assertThat(as(bert, "PUT", "/NF-FG/berts", meeting).statusCode()).isEqualTo(201);
    lab.call(node.port(), "DELETE", "/NF-FG/same", "");
    assertThat(as(bert, "PUT", "/NF-FG/berts", meeting).statusCode()).as("it stays").isEqualTo(202);
  }

  @Test
  void anIdThatIsFreeAgainIsWhoeversTakesIt() {
    as(anna, "PUT", "/NF-FG/same", EMPTY_GRAPH);
    as(anna, "DELETE", "/NF-FG/same", "");
    assertThat(as(bert, "PUT", "/NF-FG/same", EMPTY_GRAPH).statusCode()).isEqualTo(201);
    assertThat(listed(anna)).isEmpty();
    assertThat(listed(bert)).containsExactly("same");
  }

  @Test
  void aGraphThatCouldNotBeMadeIsNobodys() {
    String impossible = lab.chain("broken");
    assertThat(as(anna, "PUT", "/NF-FG/same", impossible).statusCode()).isEqualTo(500);
    assertThat(as(anna, "GET", "/NF-FG/same", "").statusCode()).isEqualTo(404);
    assertThat(as(bert, "PUT", "/NF-FG/same", EMPTY_GRAPH).statusCode()).isEqualTo(201);
  }

  @Test
  void eventsAreOfOwnGraphsAndEndWithTheLogin() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/events"))
            .header("X-Auth-Token", bert)
            .build();
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    client.send(request, BodyHandlers.ofInputStream()).body(),
                    StandardCharsets.UTF_8))) {
      lines.readLine(); // the stream has begun
      as(anna, "PUT", "/NF-FG/annas", EMPTY_GRAPH);
      as(bert, "PUT", "/NF-FG/berts", EMPTY_GRAPH);
      as(bert, "DELETE", "/NF-FG/berts", "");
      as(bert, "DELETE", "/login", "");
      as(anna, "PUT", "/NF-FG/annas", EMPTY_GRAPH);
      List<String> read = new ArrayList<>();
      String line = lines.readLine();
      while (line != null) {
        read.add(line);
        line = lines.readLine();
      }
      assertThat(read).noneMatch(one -> one.contains("annas"));
      assertThat(read).anyMatch(one -> one.contains("berts") && one.contains("active"));
    }
  }

  @Test
  void whoChangesTheOwnPasswordProvesTheOldOne() {
    String path = "/users/anna/password";
    assertThat(as(anna, "PUT", path, "{\"password\":\"another horse\"}").statusCode())
        .isEqualTo(400);
    String wrong = "{\"password\":\"another horse\",\"current\":\"wrong horse\"}";
    assertThat(as(anna, "PUT", path, wrong).statusCode()).isEqualTo(401);
    String right = "{\"password\":\"another horse\",\"current\":\"correct horse\"}";
    assertThat(as(anna, "PUT", path, right).statusCode()).isEqualTo(204);
    assertThat(as(anna, "GET", "/NF-FG", "").statusCode()).isEqualTo(401);
  }

  @Test
  void theAuditLogHasWhoDidItAndNoPassword() throws Exception {
    as(anna, "PUT", "/NF-FG/annas", EMPTY_GRAPH);
    as(bert, "DELETE", "/NF-FG/annas", "");
    lab.call(node.port(), "POST", "/login", "{\"username\":\"anna\",\"password\":\"guess work\"}");
    String log = Files.readString(lab.options().state().resolve("audit.log"));
    assertThat(log)
        .contains("\"account\":\"anna\"", "\"account\":\"bert\"", "\"path\":\"/login\"")
        .contains("\"status\":401")
        .doesNotContain("correct horse", "guess work", anna, bert);
  }

  private String tenant(String name, String group) {
    root("PUT", "/groups/" + group, "");
    root(
        "POST",
        "/users/" + name,
        "{\"password\":\"correct horse\",\"group\":\"%s\"}".formatted(group));
    return login(name);
  }

  private String login(String name) {
    return root(
        "POST", "/login", "{\"username\":\"%s\",\"password\":\"correct horse\"}".formatted(name));
  }

  private String root(String method, String path, String body) {
    HttpResponse<String> answer = lab.call(node.port(), method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return answer.body();
  }

  private HttpResponse<String> as(String token, String method, String path, String body) {
    return lab.call(node.port(), method, path, body, "X-Auth-Token", token);
  }

  private List<String> listed(String token) {
    return JsonParser.parseString(as(token, "GET", "/NF-FG", "").body())
        .getAsJsonObject()
        .getAsJsonArray("NF-FG")
        .asList()
        .stream()
        .map(graph -> graph.getAsJsonObject().get("nffg-uuid").getAsString())
        .toList();
  }
}
