package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.node.capability.NodeCapabilities;
import org.universalnode.node.deploy.Functions;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Whether the node can run a function, and what that takes: what an orchestrator asks first. */
final class FunctionOffer {
  private FunctionOffer() {}

  /**
   * Of the templates that a name means.
   *
   * @param name of a template or a functional capability
   */
  static Response of(String name, NodeCapabilities capabilities) {
    List<Functions.Entry> entries = capabilities.functions(name);
    if (entries.isEmpty()) {
      throw Problem.of(Code.NOT_FOUND, "there is no function " + JsonText.quoted(name))
          .next("un functions shows those that this node knows")
          .asException();
    }
    if (entries.stream().noneMatch(Functions.Entry::ready)) {
      throw Problem.of(Code.NOT_FOUND, "this node can't run it now: " + reasons(entries))
          .next("un functions shows what is missing and how to get it")
          .asException();
    }
    JsonArray templates = new JsonArray();
    entries.forEach(entry -> templates.add(template(entry)));
    JsonObject body = new JsonObject();
    body.addProperty("name", name);
    body.addProperty("ready", true);
    body.add("templates", templates);
    return Response.json(200, body);
  }

  private static String reasons(List<Functions.Entry> entries) {
    return entries.stream()
        .map(entry -> entry.template().name() + ": " + entry.reason())
        .collect(Collectors.joining("; "));
  }

  /** What is not known is absent. */
  private static JsonObject template(Functions.Entry entry) {
    JsonObject json = new JsonObject();
    json.addProperty("name", entry.template().name());
    json.addProperty("functional-capability", entry.template().functionalCapability());
    json.addProperty("vnf-type", entry.template().type().toString());
    json.addProperty("ready", entry.ready());
    json.addProperty("reason", entry.reason());
    entry
        .template()
        .resources()
        .memoryMegabytes()
        .ifPresent(most -> json.addProperty("memory-megabytes", most));
    entry.archiveBytes().ifPresent(bytes -> json.addProperty("image-bytes", bytes));
    return json;
  }
}
