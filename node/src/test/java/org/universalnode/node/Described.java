package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds answers of a node against the description that it gives of them. */
final class Described {
  private static final String PARTS = "#/components/";

  private final JsonObject description;
  private final Validator validator =
      new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory()).createValidator();
  private final Set<String> seen = new TreeSet<>();

  Described(String description) {
    this.description = JsonParser.parseString(description).getAsJsonObject();
  }

  /** The answer has a status, headers, a type and a body that the description gives it. */
  void check(String operation, HttpResponse<String> answer) {
    JsonObject responses = operation(operation).getAsJsonObject("responses");
    String status = Integer.toString(answer.statusCode());
    String said = responses.has(status) ? status : "default";
    seen.add(operation + " " + said);
    JsonObject response = resolved(responses.getAsJsonObject(said));
    String where = operation + " " + status + " " + answer.body();
    if (response.has("headers") && !said.equals("default")) {
      response
          .getAsJsonObject("headers")
          .keySet()
          .forEach(name -> assertThat(answer.headers().firstValue(name)).as(name).isPresent());
    }
    if (!response.has("content")) {
      assertThat(answer.body()).as(where).isEmpty();
      return;
    }
    Map.Entry<String, JsonElement> content =
        response.getAsJsonObject("content").entrySet().iterator().next();
    assertThat(answer.headers().firstValue("Content-Type")).as(where).contains(content.getKey());
    if (content.getKey().endsWith("json")) {
      JsonObject schema = content.getValue().getAsJsonObject().getAsJsonObject("schema");
      assertThat(wrong(schema, answer.body())).as(where).isEmpty();
    }
  }

  /** All that the description says may be answered, less what was. */
  Set<String> unseen() {
    Set<String> all = new TreeSet<>();
    description
        .getAsJsonObject("paths")
        .asMap()
        .values()
        .forEach(path -> path.getAsJsonObject().asMap().values().forEach(one -> add(one, all)));
    all.removeAll(seen);
    return all;
  }

  private static void add(JsonElement operation, Set<String> all) {
    String id = operation.getAsJsonObject().get("operationId").getAsString();
    operation
        .getAsJsonObject()
        .getAsJsonObject("responses")
        .keySet()
        .forEach(status -> all.add(id + " " + status));
  }

  private JsonObject operation(String id) {
    return description.getAsJsonObject("paths").asMap().values().stream()
        .flatMap(path -> path.getAsJsonObject().asMap().values().stream())
        .map(JsonElement::getAsJsonObject)
        .filter(operation -> operation.get("operationId").getAsString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private JsonObject resolved(JsonObject part) {
    if (!part.has("$ref")) {
      return part;
    }
    String[] names = part.get("$ref").getAsString().substring(PARTS.length()).split("/", -1);
    return description
        .getAsJsonObject("components")
        .getAsJsonObject(names[0])
        .getAsJsonObject(names[1]);
  }

  /** With all schemas as definitions, as a validator of schemas knows no other place for them. */
  private Map<String, String> wrong(JsonObject schema, String body) {
    JsonObject whole = schema.deepCopy();
    JsonElement schemas = description.getAsJsonObject("components").get("schemas");
    whole.add("$defs", schemas);
    String text = whole.toString().replace("#/components/schemas/", "#/$defs/");
    URI id = validator.registerSchema(JsonParser.parseString(text));
    Validator.Result result = validator.validate(id, JsonParser.parseString(body));
    Map<String, String> wrong = new TreeMap<>();
    for (Error error : result.getErrors()) {
      wrong.put(error.getInstanceLocation(), error.getError());
    }
    return wrong;
  }
}
