package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.universalnode.catalog.capability.Accelerator;
import org.universalnode.catalog.capability.CryptoDriver;
import org.universalnode.catalog.capability.Finding;
import org.universalnode.catalog.capability.Hardware;
import org.universalnode.catalog.capability.NetworkInterface;
import org.universalnode.node.capability.NodeCapabilities.Requirement;
import org.universalnode.node.capability.NodeCapabilities.Snapshot;
import org.universalnode.node.deploy.Functions;
import org.universalnode.problem.Problem;

/** What the node offers, as JSON. */
final class CapabilitiesBody {
  private CapabilitiesBody() {}

  static Response of(Snapshot snapshot) {
    JsonObject body = new JsonObject();
    body.add("infrastructure", infrastructure(snapshot));
    body.add("resources", ResourcesBody.of(snapshot));
    body.add("functional-capabilities", functional(snapshot));
    body.add("requirements", list(snapshot.requirements(), CapabilitiesBody::requirement));
    body.add("crypto", list(snapshot.crypto(), CapabilitiesBody::crypto));
    body.add("interfaces", list(snapshot.interfaces(), one -> interfaceOf(one, snapshot)));
    return Response.json(200, body);
  }

  private static JsonObject infrastructure(Snapshot snapshot) {
    Hardware hardware = snapshot.hardware();
    JsonObject json = new JsonObject();
    json.add("function-types", texts(snapshot.functionTypes()));
    json.addProperty("switch", snapshot.fixed().switchDriver());
    json.addProperty("kernel", hardware.kernelRelease());
    json.addProperty("memory-megabytes", hardware.memoryMegabytes());
    JsonObject cpu = new JsonObject();
    cpu.addProperty("architecture", System.getProperty("os.arch"));
    cpu.addProperty("cores", hardware.cores());
    cpu.add("flags", texts(hardware.processorFlags()));
    json.add("cpu", cpu);
    return json;
  }

  /** Those of the catalog by their types, then the machine's own. */
  private static JsonArray functional(Snapshot snapshot) {
    Map<String, List<Functions.Entry>> byType = new TreeMap<>();
    for (Functions.Entry entry : snapshot.functions()) {
      String type = entry.template().functionalCapability().toLowerCase(Locale.ROOT);
      byType.computeIfAbsent(type, _ -> new ArrayList<>()).add(entry);
    }
    JsonArray list = new JsonArray();
    byType.forEach((type, entries) -> list.add(capability(type, entries)));
    snapshot.accelerators().forEach(accelerator -> list.add(accelerator(accelerator)));
    return list;
  }

  private static JsonObject capability(String type, List<Functions.Entry> entries) {
    boolean ready = entries.stream().anyMatch(Functions.Entry::ready);
    JsonObject json = capability(type, type, ready ? "" : entries.getFirst().reason());
    json.add("templates", list(entries, CapabilitiesBody::implementation));
    json.add("specifications", new JsonObject());
    return json;
  }

  private static JsonObject accelerator(Accelerator accelerator) {
    JsonObject json = capability(accelerator.type(), accelerator.name(), accelerator.reason());
    json.add("templates", new JsonArray());
    JsonObject specifications = new JsonObject();
    accelerator.specifications().forEach(specifications::addProperty);
    json.add("specifications", specifications);
    return json;
  }

  /** Ready if there is no reason against it. */
  private static JsonObject capability(String type, String name, String reason) {
    JsonObject json = new JsonObject();
    json.addProperty("type", type);
    json.addProperty("name", name);
    json.addProperty("ready", reason.isEmpty());
    json.addProperty("reason", reason);
    return json;
  }

  private static JsonObject implementation(Functions.Entry entry) {
    JsonObject json = new JsonObject();
    json.addProperty("name", entry.template().name());
    json.addProperty("vnf-type", entry.template().type().toString());
    json.addProperty("ready", entry.ready());
    return json;
  }

  private static JsonObject requirement(Requirement requirement) {
    JsonObject json = new JsonObject();
    json.addProperty("type", requirement.dependency().type().toString());
    json.addProperty("name", requirement.dependency().name());
    switch (requirement.finding()) {
      case Finding.Present(String where) -> add(json, "yes", where, "");
      case Finding.Absent(Problem problem) -> add(json, "no", problem.detail(), problem.nextStep());
      case Finding.Unknown(Problem problem) ->
          add(json, "unknown", problem.detail(), problem.nextStep());
    }
    json.add("templates", texts(requirement.templates()));
    return json;
  }

  private static void add(JsonObject json, String present, String detail, String next) {
    json.addProperty("present", present);
    json.addProperty("detail", detail);
    json.addProperty("next", next);
  }

  private static JsonObject crypto(CryptoDriver driver) {
    JsonObject json = new JsonObject();
    json.addProperty("algorithm", driver.algorithm());
    json.addProperty("driver", driver.driver());
    json.addProperty("type", driver.type());
    json.addProperty("priority", driver.priority());
    json.addProperty("means", driver.means().toString());
    json.addProperty("tested", driver.tested());
    return json;
  }

  private static JsonObject interfaceOf(NetworkInterface one, Snapshot snapshot) {
    JsonObject json = new JsonObject();
    json.addProperty("name", one.name());
    json.addProperty("driver", one.driver());
    json.addProperty("mac", one.mac());
    if (!one.speed().isEmpty()) {
      json.addProperty("megabits-per-second", Long.valueOf(one.speed()));
    }
    json.add("offloads", texts(one.offloads()));
    json.addProperty("up", one.up());
    json.add("end-points", texts(ResourcesBody.endPoints(snapshot)));
    json.add("used-vlans", ResourcesBody.usedVlans(one.name(), snapshot));
    return json;
  }

  private static JsonArray texts(Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static <T> JsonArray list(List<T> items, Function<T, JsonElement> write) {
    JsonArray array = new JsonArray(items.size());
    items.forEach(item -> array.add(write.apply(item)));
    return array;
  }
}
