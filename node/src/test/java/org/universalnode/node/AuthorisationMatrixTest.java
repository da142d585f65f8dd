package org.universalnode.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each operation, asked for by everybody, of what is one's own, one's group's and somebody else's.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class AuthorisationMatrixTest {
  /**
   * What comes of it: + it is done or at least looked at, 401 and 403 it is refused, 404 as if
   * there were no such graph. The tenant anna asks for things of her own, of carl, who is in her
   * group, and of bert, who is in another; everybody else asks for things of bert.
   */
  private static final String MATRIX =
      """
      operation            nobody reader own group foreign operator admin root
      listGraphs           401    +      +   +     +       +        +     +
      createGraph          401    403    +   +     +       +        +     +
      planNewGraph         401    403    +   +     +       +        +     +
      getGraph             401    +      +   +     404     +        +     +
      putGraph             401    403    +   403   403     +        +     +
      deleteGraph          401    403    +   403   404     +        +     +
      getStatus            401    +      +   +     404     +        +     +
      planGraph            401    403    +   403   404     +        +     +
      tracePacket          401    +      +   +     404     +        +     +
      getCounters          401    +      +   +     404     +        +     +
      getPermissions       401    +      +   +     404     +        +     +
      setPermissions       401    403    +   403   404     403      +     +
      getFunction          401    +      +   +     404     +        +     +
      getLog               401    +      +   +     404     +        +     +
      runCommand           401    403    403 403   404     +        +     +
      pauseFunction        401    403    +   403   404     +        +     +
      resumeFunction       401    403    +   403   404     +        +     +
      listFunctions        401    +      +   +     +       +        +     +
      getCapabilities      401    +      +   +     +       +        +     +
      getOffer             401    +      +   +     +       +        +     +
      getDomainDescription 401    +      +   +     +       +        +     +
      followEvents         401    +      +   +     +       +        +     +
      getHealth            +      +      +   +     +       +        +     +
      getMetrics           401    +      403 403   403     +        +     +
      getOpenApi           +      +      +   +     +       +        +     +
      logIn                +      +      +   +     +       +        +     +
      logOut               401    +      +   +     +       +        +     +
      listUsers            401    403    403 403   403     403      +     +
      getUser              401    403    +   403   403     403      +     +
      createUser           401    403    403 403   403     403      +     +
      changeUser           401    403    403 403   403     403      +     +
      deleteUser           401    403    403 403   403     403      +     +
      setPassword          401    403    +   403   403     403      +     +
      endSessions          401    403    +   403   403     403      +     +
      listGroups           401    403    403 403   403     403      +     +
      createGroup          401    403    403 403   403     403      +     +
      deleteGroup          401    403    403 403   403     403      +     +
      """;

  private static final String PASSWORD = "correct horse";
  private static final String EMPTY_GRAPH =
      "{\"forwarding-graph\":{\"VNFs\":[],\"end-points\":[],\"big-switch\":{\"flow-rules\":[]}}}";

  /** Who asks in a column, and whose things are asked for. */
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "nobody", List.of("nobody", "bert"),
          "reader", List.of("rita", "bert"),
          "own", List.of("anna", "anna"),
          "group", List.of("anna", "carl"),
          "foreign", List.of("anna", "bert"),
          "operator", List.of("olga", "bert"),
          "admin", List.of("adam", "bert"),
          "root", List.of("root", "bert"));

  @TempDir Path folder;
  private Lab lab;
  private Node node;
  private final Map<String, String> tokens = new HashMap<>();

  @BeforeEach
  void startANodeWithUsers() {
    lab = new Lab(folder);
    node = Node.start(lab.options().with(SecurityOptions.ACCOUNTS));
    root("PUT", "/groups/blue", "");
    root("PUT", "/groups/red", "");
    user("anna", "blue", "tenant");
    user("carl", "blue", "tenant");
    user("bert", "red", "tenant");
    user("olga", "red", "operator");
    user("rita", "red", "read-only");
    user("adam", "red", "admin");
    tokens.put("nobody", "not a token");
  }

  @AfterEach
  void stop() {
    List.of("anna", "bert", "carl").forEach(owner -> root("DELETE", "/NF-FG/of-" + owner, ""));
    node.close();
    assertThat(lab.traces()).isEmpty();
    lab.close();
  }

  @Test
  void everybodyMayWhatTheMatrixSays() {
    List<List<String>> rows = MATRIX.lines().map(line -> List.of(line.split(" +", -1))).toList();
    List<String> columns = rows.getFirst();
    List<String> found = new ArrayList<>();
    Map<String, JsonObject> operations = operations();
    Set<String> covered = new TreeSet<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      covered.add(row.getFirst());
      for (int i = 1; i < columns.size(); i++) {
        String what = row.getFirst() + " " + columns.get(i) + " ";
        JsonObject operation = requireNonNull(operations.get(row.getFirst()), what);
        String outcome = outcome(operation, requireNonNull(COLUMNS.get(columns.get(i))));
        if (!outcome.equals(row.get(i))) {
          found.add(what + outcome + " and not " + row.get(i));
        }
      }
    }
    assertThat(found).isEmpty();
    assertThat(covered).as("all operations").isEqualTo(operations.keySet());
  }

  private String outcome(JsonObject operation, List<String> column) {
    String owner = column.getLast();
    prepare(owner);
    String path =
        operation
            .get("path")
            .getAsString()
            .replace("{graph}", "of-" + owner)
            .replace("{function}", "absent")
            .replace("{user}", owner)
            .replace("{group}", "spare")
            .replace("{name}", "wire");
    String method = operation.get("method").getAsString();
    HttpResponse<String> answer =
        path.equals("/events")
            ? ask(column.getFirst(), "HEAD", path, "")
            : ask(column.getFirst(), method, path, "{}");
    boolean logsIn = path.equals("/login") && method.equals("POST");
    if (answer.statusCode() == 401 && !logsIn) {
      return "401";
    }
    boolean hidden = answer.body().contains("there is no graph");
    return answer.statusCode() == 403 ? "403" : hidden ? "404" : "+";
  }

  /** Everything is there again, whatever was done before. */
  private void prepare(String owner) {
    root("PUT", "/groups/spare", "");
    for (String name : List.of("anna", "carl", "bert")) {
      user(name, name.equals("bert") ? "red" : "blue", "tenant");
    }
    if (root("GET", "/NF-FG/of-" + owner, "").statusCode() == 404) {
      assertThat(ask(owner, "PUT", "/NF-FG/of-" + owner, EMPTY_GRAPH).statusCode()).isEqualTo(201);
    }
  }

  private void user(String name, String group, String role) {
    String user =
        "{\"password\":\"%s\",\"group\":\"%s\",\"role\":\"%s\"}".formatted(PASSWORD, group, role);
    int status = root("POST", "/users/" + name, user).statusCode();
    assertThat(status).isIn(202, 409);
  }

  /** Logs in when that is needed. */
  private HttpResponse<String> ask(String who, String method, String path, String body) {
    if (who.equals("root")) {
      return root(method, path, body);
    }
    String token = tokens.computeIfAbsent(who, this::login);
    if (!who.equals("nobody") && !isGood(token)) {
      token = login(who);
      tokens.put(who, token);
    }
    return lab.call(node.port(), method, path, body, "X-Auth-Token", token);
  }

  private boolean isGood(String token) {
    return lab.call(node.port(), "GET", "/NF-FG", "", "X-Auth-Token", token).statusCode() == 200;
  }

  private String login(String who) {
    String login = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(who, PASSWORD);
    HttpResponse<String> answer = root("POST", "/login", login);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> root(String method, String path, String body) {
    return lab.call(node.port(), method, path, body);
  }

  /** By name, with method and path, as the node describes them. */
  private Map<String, JsonObject> operations() {
    Map<String, JsonObject> all = new TreeMap<>();
    JsonObject described =
        JsonParser.parseString(root("GET", "/openapi.json", "").body()).getAsJsonObject();
    described
        .getAsJsonObject("paths")
        .asMap()
        .forEach(
            (path, methods) ->
                methods
                    .getAsJsonObject()
                    .asMap()
                    .forEach(
                        (method, operation) -> {
                          JsonObject entry = new JsonObject();
                          entry.addProperty("path", path);
                          entry.addProperty("method", method.toUpperCase(Locale.ROOT));
                          String id = operation.getAsJsonObject().get("operationId").getAsString();
                          all.put(id, entry);
                        }));
    return all;
  }
}
