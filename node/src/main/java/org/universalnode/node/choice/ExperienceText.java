package org.universalnode.node.choice;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;

/** Experience as text: a JSON object by template. */
final class ExperienceText {
  private static final JsonLimits LIMITS = new JsonLimits(Learned.MOST_BYTES, 4);

  /** Fractions are kept as whole numbers. */
  private static final int PARTS = 1_000;

  private ExperienceText() {}

  static String write(Map<String, Experience> known) {
    JsonObject all = new JsonObject();
    known.forEach((template, experience) -> all.add(template, write(experience)));
    return JsonText.compact(all);
  }

  static Map<String, Experience> read(String text) {
    Problems problems = new Problems();
    JsonFields all = JsonFields.of(JsonText.parse(text, LIMITS), "", problems);
    Map<String, Experience> known = new LinkedHashMap<>();
    all.keys().forEach(template -> known.put(template, read(all.requiredObject(template))));
    problems.throwIfAny();
    return known;
  }

  private static JsonObject write(Experience experience) {
    JsonObject json = new JsonObject();
    json.addProperty("address", experience.address());
    json.addProperty("image", experience.image());
    json.addProperty("start-us", parts(experience.startMillis()));
    json.addProperty("memory-kb", parts(experience.memoryMegabytes()));
    return json;
  }

  private static Experience read(JsonFields json) {
    return new Experience(
        json.requiredString("address"),
        json.requiredString("image"),
        json.requiredInteger("start-us", -PARTS, Integer.MAX_VALUE) / (double) PARTS,
        json.requiredInteger("memory-kb", -PARTS, Integer.MAX_VALUE) / (double) PARTS);
  }

  private static int parts(double value) {
    return (int) Math.min(Integer.MAX_VALUE, Math.round(value * PARTS));
  }
}
