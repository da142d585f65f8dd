package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.capability.Discovery;

/** Functions and what the machine offers them, through the node. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class CapabilitiesTest {
  @TempDir Path folder;
  private Lab lab;
  private Path tool;
  private Node node;

  @BeforeEach
  void aNodeWithAFunctionThatNeedsATool() throws IOException {
    lab = new Lab(folder);
    tool = folder.resolve("tool");
    Files.writeString(tool, "#!/bin/sh\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
    lab.needy("a-filter", "filter", tool.toString(), "sh");
    lab.needy("b-filter", "filter", "sh");
    lab.needy("only", "alone", tool.toString(), "no-such-tool-anywhere");
    node = Node.start(lab.options());
  }

  @AfterEach
  void nothingIsLeft() {
    call("DELETE", "/NF-FG/g1", "");
    node.close();
    assertThat(lab.traces()).isEmpty();
    lab.close();
  }

  @Test
  void theFirstTemplateThatCanRunIsTakenAndARemovedToolCounts() throws IOException {
    assertThat(planned()).isEqualTo("a-filter");
    Files.delete(tool);
    assertThat(planned()).isEqualTo("b-filter");
    JsonObject filter = named("/functions", "functions", "a-filter");
    assertThat(filter.get("ready").getAsBoolean()).isFalse();
    assertThat(filter.get("reason").getAsString())
        .contains("there is no executable \"" + tool + "\"");
    assertThat(filter.getAsJsonArray("missing")).hasSize(1);
    assertThat(named("/functions", "functions", "b-filter").get("ready").getAsBoolean()).isTrue();
  }

  @Test
  void aGraphIsRefusedWithAllThatIsMissing() throws IOException {
    Files.delete(tool);
    HttpResponse<String> answer = call("PUT", "/NF-FG/g1", lab.island("alone"));
    assertThat(answer.statusCode()).isEqualTo(422);
    JsonObject problem = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertThat(problem.get("code").getAsString()).isEqualTo("UNSUPPORTED");
    assertThat(problem.get("pointer").getAsString())
        .isEqualTo("/forwarding-graph/VNFs/0/functional-capability");
    assertThat(problem.get("detail").getAsString())
        .contains("only: there is no executable \"" + tool + "\"")
        .contains("there is no executable \"no-such-tool-anywhere\"");
    assertThat(problem.get("next").getAsString()).isNotEmpty();
  }

  @Test
  void handlersFindProgramsWhereTheDiscoveryLooksForThem() {
    assertThat(call("PUT", "/NF-FG/g1", lab.island("filter")).statusCode()).isEqualTo(201);
    assertThat(call("GET", "/NF-FG/g1/functions/f0/log", "").body())
        .isEqualToIgnoringNewLines(Discovery.HANDLER_PATH);
  }

  @Test
  void theNodeTellsWhatItOffers() {
    JsonObject offer = get("/capabilities");
    JsonObject infrastructure = offer.getAsJsonObject("infrastructure");
    assertThat(
            infrastructure.getAsJsonArray("function-types")) // others as this machine has engines
        .contains(new JsonPrimitive("native"));
    assertThat(infrastructure.get("memory-megabytes").getAsLong()).isPositive();
    assertThat(named("/capabilities", "functional-capabilities", "filter").get("ready"))
        .hasToString("true");
    JsonObject alone = named("/capabilities", "functional-capabilities", "alone");
    assertThat(alone.get("ready").getAsBoolean()).isFalse();
    assertThat(alone.get("reason").getAsString()).contains("no-such-tool-anywhere");
    JsonObject shell = named("/capabilities", "requirements", "sh");
    assertThat(shell.get("present").getAsString()).isEqualTo("yes");
    assertThat(shell.getAsJsonArray("templates").toString())
        .isEqualTo("[\"a-filter\",\"b-filter\"]");
    JsonObject lan = named("/capabilities", "interfaces", lab.lan.cable());
    assertThat(lan.getAsJsonArray("offloads").toString()).contains("tx-checksum-ip-generic");
  }

  private String planned() {
    HttpResponse<String> answer = call("POST", "/NF-FG/plan", lab.island("filter"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body())
        .getAsJsonObject()
        .getAsJsonObject("functions")
        .getAsJsonArray("start")
        .get(0)
        .getAsJsonObject()
        .get("template")
        .getAsString();
  }

  private JsonObject named(String path, String list, String name) {
    for (JsonElement item : get(path).getAsJsonArray(list)) {
      if (item.getAsJsonObject().get("name").getAsString().equals(name)) {
        return item.getAsJsonObject();
      }
    }
    throw new AssertionError("no " + name + " at " + path);
  }

  private JsonObject get(String path) {
    return JsonParser.parseString(call("GET", path, "").body()).getAsJsonObject();
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return lab.call(node.port(), method, path, body);
  }
}
