package org.universalnode.catalog;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.universalnode.catalog.Resources.Disks;
import org.universalnode.catalog.Resources.Processors;
import org.universalnode.nffg.json.JsonText;

/**
 * Writes a function template in one canonical form, with the published keys: read from the same
 * folder, it gives an equal template.
 */
public final class TemplateWriter {
  private TemplateWriter() {}

  /** The document on one line; {@link JsonText#pretty} of {@link #tree} is for people. */
  public static String write(FunctionTemplate template) {
    return JsonText.compact(tree(template));
  }

  /** The document as a tree. */
  public static JsonObject tree(FunctionTemplate template) {
    JsonObject body = new JsonObject();
    body.addProperty("name", template.name());
    if (!template.version().equals(FunctionVersion.NONE)) {
      body.addProperty("version", template.version().text());
    }
    body.addProperty("functional-capability", template.functionalCapability());
    addText(body, "description", template.description());
    body.addProperty("vnf-type", template.type().toString());
    body.addProperty("uri-image-type", template.image().type().toString());
    body.addProperty("uri-image", template.image().written());
    template.image().sha256().ifPresent(digest -> body.addProperty("image-sha256", digest));
    addResources(body, template.resources());
    if (!template.ports().isEmpty()) {
      body.add("ports", array(template.ports(), TemplateWriter::ports));
    }
    if (template.multitenancy()) {
      body.addProperty("multitenancy", true);
    }
    addRunning(body, template.running());
    if (!template.dependencies().isEmpty()) {
      JsonObject group = new JsonObject();
      group.add("capability", array(template.dependencies(), TemplateWriter::dependency));
      body.add("dependencies", group);
    }
    ExtraKeys.object(template.extras()).asMap().forEach(body::add);
    return body;
  }

  private static void addRunning(JsonObject body, Running running) {
    running.isolation().ifPresent(rung -> body.addProperty("isolation", rung.toString()));
    if (running.single()) {
      body.addProperty("single-instance", true);
    }
    addNumber(body, "processes", running.processes());
    addNumber(body, "cpu-percent", running.cpuPercent());
    if (running.hotplug()) {
      body.addProperty("hotplug", true);
    }
  }

  private static void addResources(JsonObject body, Resources resources) {
    addNumber(body, "memory-size", resources.memoryMegabytes());
    Disks disks = resources.disks();
    addNumber(body, "root-file-system-size", disks.root());
    addNumber(body, "ephemeral-file-system-size", disks.ephemeral());
    addNumber(body, "swap-disk-size", disks.swap());
    resources
        .processors()
        .ifPresent(processors -> body.add("CPUrequirements", processors(processors)));
    if (!resources.expected().equals(Expected.UNSAID)) {
      body.add("expected", expected(resources.expected()));
    }
  }

  private static JsonObject expected(Expected expected) {
    JsonObject body = new JsonObject();
    addNumber(body, "memory-mb", expected.memoryMegabytes());
    addNumber(body, "hugepages-mb", expected.hugepageMegabytes());
    addNumber(body, "start-ms", expected.startMillis());
    addNumber(body, "cpu-percent", expected.cpuPercent());
    addNumber(body, "image-mb", expected.imageMegabytes());
    return body;
  }

  private static JsonObject processors(Processors processors) {
    JsonObject body = new JsonObject();
    addText(body, "platformType", processors.platform());
    body.add("socket", array(processors.cores(), TemplateWriter::socket));
    return body;
  }

  private static JsonObject socket(int cores) {
    JsonObject body = new JsonObject();
    body.addProperty("coreNumbers", cores);
    return body;
  }

  /** The published schema wants a string as {@code min}. */
  private static JsonObject ports(PortRange range) {
    JsonObject body = new JsonObject();
    body.addProperty("position", range.position());
    body.addProperty("label", range.label());
    body.addProperty("min", Integer.toString(range.min()));
    range.ipv4().ifPresent(by -> body.addProperty("ipv4-config", by.toString()));
    range.ipv6().ifPresent(by -> body.addProperty("ipv6-config", by.toString()));
    body.addProperty("name", range.name());
    range.technology().ifPresent(by -> body.addProperty("technology", by.toString()));
    return body;
  }

  private static JsonObject dependency(Dependency dependency) {
    JsonObject body = new JsonObject();
    body.addProperty("name", dependency.name());
    body.addProperty("type", dependency.type().toString());
    return body;
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonElement> write) {
    JsonArray array = new JsonArray(items.size());
    items.forEach(item -> array.add(write.apply(item)));
    return array;
  }

  /** Empty means absent. */
  private static void addText(JsonObject body, String key, String text) {
    if (!text.isEmpty()) {
      body.addProperty(key, text);
    }
  }

  private static void addNumber(JsonObject body, String key, OptionalInt number) {
    number.ifPresent(value -> body.addProperty(key, value));
  }
}
