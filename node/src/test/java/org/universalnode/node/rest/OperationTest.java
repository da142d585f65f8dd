package org.universalnode.node.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.problem.Problem;

/** Requests find their operations, and the description for programs has all of them. */
class OperationTest {
  private final JsonObject description = JsonParser.parseString(OpenApi.text()).getAsJsonObject();

  @ParameterizedTest
  @CsvSource({
    "GET, NF-FG/status/g, GET_STATUS, g",
    "GET, NF-FG/status/counters, GET_STATUS, counters",
    "GET, NF-FG/plan, GET_GRAPH, plan",
    "HEAD, NF-FG/plan, GET_GRAPH, plan",
    "POST, NF-FG/status/plan, PLAN_GRAPH, status",
    "PUT, NF-FG/status, PUT_GRAPH, status",
    "GET, NF-FG/a/functions/b, GET_FUNCTION, a b"
  })
  void theFirstThatFitsCounts(String method, String path, Operation operation, String named) {
    assertThat(Routing.of(request(method, path)))
        .isEqualTo(new Routing.Found(operation, List.of(named.split(" ", -1))));
  }

  @Test
  void methodsOfAPathAreTold() {
    assertThat(Routing.of(request("PATCH", "NF-FG/plan")))
        .isEqualTo(new Routing.OtherMethods(Set.of("POST", "GET", "PUT", "DELETE")));
    assertThat(Routing.of(request("GET", ""))).isEqualTo(new Routing.Nothing());
  }

  @Test
  void theDescriptionHasAllOperationsAndNoOther() {
    Set<String> described = new TreeSet<>();
    JsonObject paths = description.getAsJsonObject("paths");
    for (Map.Entry<String, JsonElement> path : paths.entrySet()) {
      for (Map.Entry<String, JsonElement> one : path.getValue().getAsJsonObject().entrySet()) {
        String id = one.getValue().getAsJsonObject().get("operationId").getAsString();
        described.add(
            "%s %s %s".formatted(id, one.getKey().toUpperCase(Locale.ROOT), path.getKey()));
      }
    }
    assertThat(described)
        .isEqualTo(
            Arrays.stream(Operation.values())
                .map(one -> "%s %s %s".formatted(one.id(), one.method(), one.path()))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void theDescriptionHasAllCodesOfProblems() {
    assertThat(at("#/components/schemas/Code/enum").getAsJsonArray())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Problem.Code.values())
                .map(code -> new JsonPrimitive(code.name()))
                .toList());
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryPartIsUsed() {
    Set<String> used = references(description).collect(Collectors.toCollection(TreeSet::new));
    used.forEach(reference -> assertThat(at(reference).isJsonObject()).as(reference).isTrue());
    Set<String> there = new TreeSet<>();
    description.getAsJsonObject("components").entrySet().stream()
        .filter(kind -> !kind.getKey().equals("securitySchemes")) // named, not referred to
        .forEach(
            kind ->
                kind.getValue()
                    .getAsJsonObject()
                    .keySet()
                    .forEach(name -> there.add("#/components/" + kind.getKey() + "/" + name)));
    assertThat(used).isEqualTo(there);
  }

  private static Request request(String method, String path) {
    List<String> segments = Stream.of(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
    return new Request(Served.ROOT, method, segments, Map.of(), Map.of(), "");
  }

  private JsonElement at(String reference) {
    JsonElement found = description;
    for (String name : reference.substring(2).split("/", -1)) {
      found = found.getAsJsonObject().get(name);
      assertThat(found).as(reference).isNotNull();
    }
    return found;
  }

  private static Stream<String> references(JsonElement element) {
    if (element.isJsonArray()) {
      return element.getAsJsonArray().asList().stream().flatMap(OperationTest::references);
    }
    if (!element.isJsonObject()) {
      return Stream.empty();
    }
    return element.getAsJsonObject().entrySet().stream()
        .flatMap(
            entry ->
                entry.getKey().equals("$ref")
                    ? Stream.of(entry.getValue().getAsString())
                    : references(entry.getValue()));
  }
}
