package org.universalnode.node;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.universalnode.node.config.Configuration;
import org.universalnode.node.config.Given;
import org.universalnode.node.config.InitialGraph;
import org.universalnode.node.config.Setting;
import org.universalnode.node.deploy.Limit;
import org.universalnode.node.upstream.UpstreamOptions;
import org.universalnode.problem.Problem;

/**
 * What {@code un serve --check} says: each setting with its origin, limits, graphs, and problems.
 */
record CheckReport(Configuration said, List<Problem> problems) {

  String text() {
    StringBuilder text = new StringBuilder();
    for (Setting setting : Setting.values()) {
      Given given = said.given(setting);
      text.append("%-24s %-32s %s%n".formatted(setting.path(), given.text(), given.origin()));
    }
    for (Limit limit : tenants()) {
      text.append(
          "tenant %-17s graphs %d, functions %d, rules %d, memory-mb %d%n"
              .formatted(
                  limit.graphs(),
                  limit.mostGraphs(),
                  limit.mostFunctions(),
                  limit.mostRules(),
                  limit.mostMegabytes()));
    }
    for (InitialGraph graph : said.graphs()) {
      text.append("graph %-18s %-32s %s%n".formatted(graph.id(), graph.file(), graph.origin()));
    }
    for (UpstreamOptions upstream : said.upstreams()) {
      text.append(
          "upstream %-15s %-32s %s%n"
              .formatted(upstream.kind(), upstream.address(), upstream.topic()));
    }
    return text.toString();
  }

  String json() {
    JsonObject whole = new JsonObject();
    whole.add("settings", array(List.of(Setting.values()), this::json));
    whole.add("tenants", array(tenants(), CheckReport::json));
    whole.add("graphs", array(said.graphs(), CheckReport::json));
    whole.add("upstreams", array(said.upstreams(), CheckReport::json));
    whole.add("problems", array(problems, CheckReport::json));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(whole)
        + "\n";
  }

  private List<Limit> tenants() {
    return said.limits().subList(1, said.limits().size());
  }

  private JsonObject json(Setting setting) {
    JsonObject object = new JsonObject();
    object.addProperty("key", setting.path());
    if (setting.isList()) {
      JsonArray values = new JsonArray();
      said.texts(setting).forEach(values::add);
      object.add("value", values);
    } else {
      object.addProperty("value", said.text(setting));
    }
    object.addProperty("origin", said.given(setting).origin().toString());
    return object;
  }

  private static JsonObject json(Limit limit) {
    JsonObject object = new JsonObject();
    object.addProperty("graphs", limit.graphs());
    object.addProperty("most-graphs", limit.mostGraphs());
    object.addProperty("most-functions", limit.mostFunctions());
    object.addProperty("most-rules", limit.mostRules());
    object.addProperty("most-memory-mb", limit.mostMegabytes());
    return object;
  }

  private static JsonObject json(InitialGraph graph) {
    JsonObject object = new JsonObject();
    object.addProperty("id", graph.id());
    object.addProperty("file", graph.file().toString());
    object.addProperty("origin", graph.origin().toString());
    return object;
  }

  private static JsonObject json(UpstreamOptions upstream) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", upstream.kind());
    object.addProperty("address", upstream.address().toString());
    object.addProperty("topic", upstream.topic());
    return object;
  }

  private static JsonObject json(Problem problem) {
    JsonObject object = new JsonObject();
    object.addProperty("code", problem.code().name());
    object.addProperty("detail", problem.detail());
    object.addProperty("next-step", problem.nextStep());
    return object;
  }

  private static <T> JsonArray array(List<T> all, Function<T, JsonObject> write) {
    JsonArray array = new JsonArray();
    all.stream().map(write).forEach(array::add);
    return array;
  }
}
