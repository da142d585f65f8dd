package org.universalnode.compute;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.problem.Problem;

/** A {@link Containment} as JSON, for records that outlive the node's process. */
public final class ContainmentText {
  private ContainmentText() {}

  public static JsonObject write(Containment containment) {
    JsonObject json = new JsonObject();
    json.addProperty("isolation", containment.isolation().toString());
    json.addProperty("memory-bytes", String.valueOf(containment.memoryBytes()));
    json.addProperty("processes", containment.processes());
    containment.cpuPercent().ifPresent(percent -> json.addProperty("cpu-percent", percent));
    json.add("files", paths(containment.files()));
    json.add("devices", paths(containment.devices()));
    return json;
  }

  /** What could be read; what is wrong goes to the problems. */
  public static Containment read(JsonFields fields) {
    return new Containment(
        fields.requiredParsed("isolation", ContainmentText::isolation).orElse(Isolation.USER),
        fields.requiredParsed("memory-bytes", ContainmentText::bytes).orElse(0L),
        fields.requiredInteger("processes", 1, Integer.MAX_VALUE),
        fields.integer("cpu-percent", 1, Integer.MAX_VALUE),
        paths(fields, "files"),
        paths(fields, "devices"));
  }

  private static Isolation isolation(String text) {
    return Isolation.named(text).orElseThrow(() -> refused("names no isolation"));
  }

  private static long bytes(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw refused("is no number of bytes");
    }
    return Long.parseLong(text);
  }

  private static RuntimeException refused(String reason) {
    return Problem.of(Problem.Code.INVALID_DOCUMENT, reason).asException();
  }

  private static List<Path> paths(JsonFields fields, String key) {
    List<Path> paths = new ArrayList<>();
    fields.requiredArray(key).forEach(element -> paths.add(Path.of(element.getAsString())));
    return paths;
  }

  private static JsonArray paths(List<Path> paths) {
    JsonArray array = new JsonArray(paths.size());
    paths.forEach(path -> array.add(path.toString()));
    return array;
  }
}
