package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.universalnode.compute.Execution;
import org.universalnode.compute.LogText;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.RunningFunction;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** The routes below {@code /NF-FG/{graph}/functions/{function}}. */
final class InstanceRoutes {
  private static final int MOST_LOG_BYTES = 1 << 20;
  private static final int MOST_WORDS = 1_000;
  private static final int USUAL_SECONDS = 10;
  private static final int MOST_SECONDS = 60;

  private final Orchestrator graphs;

  InstanceRoutes(Orchestrator graphs) {
    this.graphs = graphs;
  }

  Response describe(String graph, String function) {
    return InstanceBody.of(function, found(graph, function));
  }

  Response pause(String graph, String function, boolean pause) {
    if (!graphs.pause(graph, function, pause)) {
      throw unknown(graph, function);
    }
    return Response.empty(204);
  }

  Response log(Request request, String graph, String function) {
    LogText log = found(graph, function).log(from(request), MOST_LOG_BYTES);
    return Response.text(log.text()).with("Log-Next", String.valueOf(log.next()));
  }

  private static OptionalLong from(Request request) {
    String from = request.query().getOrDefault("from", "");
    if (from.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!from.matches("[0-9]{1,18}")) {
      throw Problem.of(Code.INVALID_DOCUMENT, "from is no number of bytes: " + from)
          .next("say what the answer before called Log-Next")
          .asException();
    }
    return OptionalLong.of(Long.parseLong(from));
  }

  Response exec(Request request, String graph, String function) {
    RunningFunction running = found(graph, function);
    Problems problems = new Problems();
    JsonElement document = JsonText.parse(request.body(), JsonLimits.DOCUMENT);
    JsonFields fields = JsonFields.of(document, "", problems);
    List<String> command = words(fields);
    int seconds = fields.integer("seconds", 1, MOST_SECONDS).orElse(USUAL_SECONDS);
    fields.rejectUnknown();
    problems.throwIfAny();
    Execution done = running.exec(command, Duration.ofSeconds(seconds));
    JsonObject body = new JsonObject();
    body.addProperty("status", done.status());
    body.addProperty("output", done.output());
    return Response.json(200, body);
  }

  private static List<String> words(JsonFields fields) {
    JsonArray given = new JsonArray();
    fields.requiredArray("command").forEach(given::add);
    List<String> words = new ArrayList<>();
    for (JsonElement word : given) {
      boolean text = word.isJsonPrimitive() && word.getAsJsonPrimitive().isString();
      if (!text || word.getAsString().indexOf('\0') >= 0) {
        fields.problem("command", "a word of the command is no text", "write each in quotes");
        return List.of();
      }
      words.add(word.getAsString());
    }
    if (fields.has("command") && (words.isEmpty() || words.size() > MOST_WORDS)) {
      fields.problem("command", "a command has 1 to " + MOST_WORDS + " words", "say which");
    }
    return words;
  }

  private RunningFunction found(String graph, String function) {
    Optional<RunningFunction> found = graphs.function(graph, function);
    return found.orElseThrow(() -> unknown(graph, function));
  }

  private static RuntimeException unknown(String graph, String function) {
    return Problem.of(
            Code.NOT_FOUND, "there is no function \"" + function + "\" in graph \"" + graph + "\"")
        .next("un status " + graph + " shows its functions")
        .asException();
  }
}
