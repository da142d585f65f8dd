package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.universalnode.catalog.capability.MachineResources;
import org.universalnode.catalog.capability.MachineResources.Amount;
import org.universalnode.nffg.EndPointType;
import org.universalnode.node.capability.NodeCapabilities.Snapshot;

/** How much the machine has and how much of it is free, as JSON. */
final class ResourcesBody {
  private static final Set<EndPointType> AT_INTERFACES =
      Set.of(
          EndPointType.INTERFACE,
          EndPointType.INTERFACE_OUT,
          EndPointType.VLAN,
          EndPointType.GRE_TUNNEL,
          EndPointType.VXLAN);

  private ResourcesBody() {}

  static JsonObject of(Snapshot snapshot) {
    MachineResources machine = snapshot.resources();
    JsonObject cores = new JsonObject();
    cores.addProperty("present", machine.cores().total());
    cores.addProperty("on-line", machine.cores().free());
    cores.addProperty("megahertz", machine.megahertz());
    cores.addProperty("idle-percent", machine.idlePercent());
    JsonObject json = new JsonObject();
    json.add("cores", cores);
    json.add("memory-megabytes", amount(machine.memory()));
    json.add("disk-megabytes", amount(snapshot.disk()));
    JsonArray pages = new JsonArray();
    for (MachineResources.HugePages size : machine.hugePages()) {
      JsonObject page = amount(size.pages());
      page.addProperty("kilobytes", size.kilobytes());
      pages.add(page);
    }
    json.add("huge-pages", pages);
    return json;
  }

  /** Kinds of end-point that graphs can have at interfaces of the machine. */
  static List<String> endPoints(Snapshot snapshot) {
    return snapshot.fixed().endPoints().stream()
        .filter(AT_INTERFACES::contains)
        .map(EndPointType::toString)
        .sorted()
        .toList();
  }

  static JsonArray usedVlans(String name, Snapshot snapshot) {
    JsonArray ids = new JsonArray();
    new TreeSet<>(snapshot.usedVlans().getOrDefault(name, Set.of())).forEach(ids::add);
    return ids;
  }

  private static JsonObject amount(Amount amount) {
    JsonObject json = new JsonObject();
    json.addProperty("total", amount.total());
    json.addProperty("free", amount.free());
    return json;
  }
}
