package org.universalnode.node.description;

import static org.universalnode.node.description.DomainDescription.wrapped;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.universalnode.catalog.capability.Accelerator;
import org.universalnode.node.capability.NodeCapabilities.Snapshot;
import org.universalnode.node.deploy.Functions;

/** The functional capabilities of a domain description: one for each type, as clients expect. */
final class FunctionalCapabilities {
  private static final String NETWORK = "Network";

  private FunctionalCapabilities() {}

  static JsonArray of(Snapshot snapshot) {
    Map<String, List<Functions.Entry>> byType = new TreeMap<>();
    for (Functions.Entry entry : snapshot.functions()) {
      String type = entry.template().functionalCapability().toLowerCase(Locale.ROOT);
      byType.computeIfAbsent(type, _ -> new ArrayList<>()).add(entry);
    }
    JsonArray all = new JsonArray();
    byType.forEach((type, entries) -> all.add(capability(type, entries)));
    snapshot.accelerators().forEach(one -> all.add(capability(one)));
    return all;
  }

  /** Of several templates the first that can run: the one that would be taken. */
  private static JsonObject capability(String type, List<Functions.Entry> entries) {
    Functions.Entry first =
        entries.stream().filter(Functions.Entry::ready).findFirst().orElse(entries.getFirst());
    JsonArray specifications = new JsonArray();
    specifications.add(specification("implementations", implementations(entries), "", "equal"));
    first
        .template()
        .resources()
        .memoryMegabytes()
        .ifPresent(
            most -> specifications.add(specification("memory", "" + most, "MB", "upper_bound")));
    JsonObject json = capability(type, type, first.ready());
    json.addProperty("template", first.template().name());
    json.add("function-specifications", wrapped("function-specification", specifications));
    return json;
  }

  private static JsonObject capability(Accelerator accelerator) {
    JsonArray specifications = new JsonArray();
    accelerator
        .specifications()
        .forEach((name, value) -> specifications.add(specification(name, value, "", "equal")));
    JsonObject json = capability(accelerator.type(), accelerator.name(), accelerator.ready());
    json.add("function-specifications", wrapped("function-specification", specifications));
    return json;
  }

  private static JsonObject capability(String type, String name, boolean ready) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    json.addProperty("name", name);
    json.addProperty("ready", ready);
    json.addProperty("family", NETWORK);
    return json;
  }

  /** By their types, such as {@code docker,native}: only those that can run. */
  private static String implementations(List<Functions.Entry> entries) {
    return entries.stream()
        .filter(Functions.Entry::ready)
        .map(entry -> entry.template().type().toString())
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static JsonObject specification(String name, String value, String unit, String mean) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("value", value);
    json.addProperty("unit", unit);
    json.addProperty("mean", mean);
    return json;
  }
}
