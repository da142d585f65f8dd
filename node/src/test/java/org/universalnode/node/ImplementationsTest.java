package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Which implementation a function gets on a node that has several. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ImplementationsTest {
  @TempDir Path folder;
  private Lab lab;
  private Node node;

  @BeforeEach
  void aNodeHasTwoThatCostTheSameAndOneThatLacksSomething() {
    lab = new Lab(folder);
    lab.needy("a", "pipe", "sh");
    lab.needy("b", "pipe", "sh");
    lab.needy("c", "pipe", "no-such-program");
    node = Node.start(lab.options());
  }

  @AfterEach
  void nothingIsLeft() {
    call("DELETE", "/NF-FG/g", "");
    node.close();
    assertThat(lab.traces()).isEmpty();
    lab.close();
  }

  @Test
  void theChoiceIsExplained() {
    JsonObject choice = planned();
    assertThat(choice.get("proven").getAsBoolean()).isTrue();
    assertThat(choice.getAsJsonArray("cores")).isNotEmpty();
    JsonObject function = choice.getAsJsonArray("functions").get(0).getAsJsonObject();
    assertThat(function.get("id").getAsString()).isEqualTo("f0");
    assertThat(function.get("chosen").getAsString()).isEqualTo("a");
    JsonObject chosen = candidate(choice, "a");
    assertThat(chosen.get("cost")).isEqualTo(candidate(choice, "b").get("cost"));
    assertThat(sum(chosen.getAsJsonObject("parts"))).isEqualTo(chosen.get("cost").getAsLong());
    assertThat(choice.get("cost")).isEqualTo(chosen.get("cost"));
    assertThat(candidate(choice, "c").get("refused").getAsString()).contains("no-such-program");
    assertThat(candidate(choice, "c").get("vnf-type").getAsString()).isEqualTo("native");
  }

  @Test
  void theCheapestIsTakenAndWhatRunsStaysIfLittleIsGained() throws IOException {
    expect("a", "{\"memory-mb\":32}");
    assertThat(template(planned())).isEqualTo("b");
    assertThat(call("PUT", "/NF-FG/g", lab.island("pipe")).statusCode()).isEqualTo(201);
    expect("a", "{\"memory-mb\":1}"); // less than the 2 MB of b
    assertThat(template(planned())).isEqualTo("a");
    assertThat(template(planned("/NF-FG/g/plan"))).isEqualTo("b");
    expect("a", "{\"memory-mb\":0,\"cpu-percent\":0}");
    expect("b", "{\"cpu-percent\":60}");
    JsonObject change = planned("/NF-FG/g/plan");
    assertThat(template(change)).isEqualTo("a");
    assertThat(candidate(change, "a").getAsJsonObject("parts").get("replacement").getAsInt())
        .isPositive();
  }

  @Test
  void whatTheMachineHasNotIsRefusedWithWhatIsMissing() throws IOException {
    expect("a", "{\"hugepages-mb\":4000000}");
    JsonObject choice = planned();
    assertThat(template(choice)).isEqualTo("b");
    assertThat(candidate(choice, "a").get("refused").getAsString())
        .startsWith("hugepages: 4000000 MB needed, ");
    HttpResponse<String> refused =
        call(
            "PUT",
            "/NF-FG/g",
            lab.island("pipe")
                .replace("\"functional-capability\":\"pipe\"", "\"vnf_template\":\"a\""));
    assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(refused.body())
        .contains("function f0 needs 4000000 MB of hugepages")
        .contains("are missing")
        .contains("/forwarding-graph/VNFs/0")
        .contains("vm.nr_hugepages");
  }

  @Test
  void aNodeRemembersHowLongStartsTook() throws IOException {
    assertThat(call("PUT", "/NF-FG/g", lab.island("pipe")).statusCode()).isEqualTo(201);
    long start = part(planned(), "a", "start");
    node.close();
    String learned = Files.readString(folder.resolve("state/learned.json"));
    assertThat(learned).containsPattern("\"a\":\\{[^}]*\"start-us\":[0-9]");
    node = Node.start(lab.options());
    assertThat(part(planned(), "b", "start")).isEqualTo(50);
    assertThat(part(planned(), "a", "start")).as("rounded up").isBetween(start - 1, start);
  }

  private JsonObject planned() {
    return planned("/NF-FG/plan");
  }

  private JsonObject planned(String path) {
    HttpResponse<String> response = call("POST", path, lab.island("pipe"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonParser.parseString(response.body())
        .getAsJsonObject()
        .getAsJsonObject("implementations");
  }

  private static String template(JsonObject choice) {
    return choice.getAsJsonArray("functions").get(0).getAsJsonObject().get("chosen").getAsString();
  }

  private static JsonObject candidate(JsonObject choice, String template) {
    JsonArray candidates =
        choice.getAsJsonArray("functions").get(0).getAsJsonObject().getAsJsonArray("candidates");
    return StreamSupport.stream(candidates.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(one -> one.get("template").getAsString().equals(template))
        .findFirst()
        .orElseThrow();
  }

  private static long part(JsonObject choice, String template, String part) {
    return candidate(choice, template).getAsJsonObject("parts").get(part).getAsLong();
  }

  private static long sum(JsonObject parts) {
    return parts.asMap().values().stream().mapToLong(JsonElement::getAsLong).sum();
  }

  /** The node looks at its templates when it is asked for them. */
  private void expect(String template, String expected) throws IOException {
    Path file = folder.resolve("functions").resolve(template).resolve("template.json");
    JsonObject text = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    text.add("expected", JsonParser.parseString(expected));
    Files.writeString(file, text.toString());
    assertThat(call("GET", "/functions", "").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return lab.call(node.port(), method, path, body);
  }
}
