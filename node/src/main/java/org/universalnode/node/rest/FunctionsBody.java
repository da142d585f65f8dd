package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImplementationType;
import org.universalnode.node.deploy.Functions;
import org.universalnode.problem.Problem;

/** The functions that graphs may use, as JSON. */
final class FunctionsBody {
  private FunctionsBody() {}

  static Response of(List<Functions.Entry> functions, List<Problem> wrong) {
    JsonArray list = new JsonArray();
    functions.forEach(entry -> list.add(function(entry)));
    JsonObject body = new JsonObject();
    body.add("functions", list);
    body.add("problems", problems(wrong));
    return Response.json(200, body);
  }

  private static JsonObject function(Functions.Entry entry) {
    FunctionTemplate template = entry.template();
    JsonObject json = new JsonObject();
    json.addProperty("name", template.name());
    json.addProperty("functional-capability", template.functionalCapability());
    json.addProperty("vnf-type", template.type().toString());
    json.addProperty("description", template.description());
    if (template.type() == ImplementationType.NATIVE) {
      json.addProperty("isolation", entry.isolation().toString());
    }
    json.addProperty("ready", entry.ready());
    json.addProperty("reason", entry.reason());
    json.add("missing", problems(entry.missing()));
    json.add("doubts", problems(entry.doubts()));
    entry.archiveBytes().ifPresent(bytes -> json.addProperty("archive-bytes", bytes));
    template
        .resources()
        .memoryMegabytes()
        .ifPresent(megabytes -> json.addProperty("memory-megabytes", megabytes));
    json.add("ports", ports(template));
    return json;
  }

  private static JsonArray problems(List<Problem> problems) {
    JsonArray list = new JsonArray();
    for (Problem problem : problems) {
      JsonObject json = new JsonObject();
      json.addProperty("detail", problem.detail());
      json.addProperty("next", problem.nextStep());
      list.add(json);
    }
    return list;
  }

  private static JsonArray ports(FunctionTemplate template) {
    JsonArray ports = new JsonArray();
    template
        .ports()
        .forEach(
            range -> {
              JsonObject port = new JsonObject();
              port.addProperty("label", range.label());
              port.addProperty("position", range.position());
              port.addProperty("min", range.min());
              ports.add(port);
            });
    return ports;
  }
}
