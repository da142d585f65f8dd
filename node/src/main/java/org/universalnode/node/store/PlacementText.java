package org.universalnode.node.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.universalnode.compute.ContainmentText;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;

/** Placements as text: a JSON object by function id. */
final class PlacementText {
  private static final JsonLimits LIMITS = new JsonLimits(8 << 20, 8);

  private PlacementText() {}

  static String write(Map<String, Placement> placements) {
    JsonObject all = new JsonObject();
    placements.forEach((function, placement) -> all.add(function, write(placement)));
    return JsonText.compact(all);
  }

  static Map<String, Placement> read(String text) {
    Problems problems = new Problems();
    JsonFields all = JsonFields.of(JsonText.parse(text, LIMITS), "", problems);
    Map<String, Placement> placements = new LinkedHashMap<>();
    all.keys().forEach(function -> placements.put(function, read(all.requiredObject(function))));
    problems.throwIfAny();
    return placements;
  }

  private static JsonObject write(Placement placement) {
    JsonObject json = new JsonObject();
    json.addProperty("template", placement.template());
    json.addProperty("type", placement.type());
    json.addProperty("image", placement.image());
    JsonArray ports = new JsonArray();
    placement.ports().forEach(port -> ports.add(port.toString()));
    json.add("ports", ports);
    if (!placement.technologies().isEmpty()) {
      JsonObject technologies = new JsonObject();
      placement.technologies().forEach(technologies::addProperty);
      json.add("technologies", technologies);
    }
    json.addProperty("cores", placement.cores());
    json.add("containment", ContainmentText.write(placement.containment()));
    if (placement.hotplug()) {
      json.addProperty("hotplug", true);
    }
    placement.shared().ifPresent(name -> json.addProperty("shared", name));
    json.addProperty("incarnation", placement.incarnation());
    return json;
  }

  private static Placement read(JsonFields json) {
    List<PortLabel> ports =
        json.requiredArray("ports").stream()
            .map(port -> PortLabel.parse(port.getAsString()))
            .collect(Collectors.toList());
    Map<String, String> technologies = new LinkedHashMap<>();
    if (json.has("technologies")) {
      JsonFields given = json.requiredObject("technologies");
      given.keys().forEach(label -> technologies.put(label, given.requiredString(label)));
    }
    return new Placement(
        json.requiredString("template"),
        json.requiredString("type"),
        json.requiredString("image"),
        ports,
        technologies,
        json.requiredInteger("cores", 1, Integer.MAX_VALUE),
        ContainmentText.read(json.requiredObject("containment")),
        json.bool("hotplug").orElse(false),
        Optional.of(json.string("shared")).filter(name -> !name.isEmpty()),
        json.integer("incarnation", 0, Integer.MAX_VALUE).orElse(0));
  }
}
