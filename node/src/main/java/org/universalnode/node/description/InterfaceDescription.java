package org.universalnode.node.description;

import static org.universalnode.node.description.DomainDescription.wrapped;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.universalnode.catalog.capability.NetworkInterface;
import org.universalnode.nffg.EndPointType;
import org.universalnode.node.capability.NodeCapabilities.Snapshot;
import org.universalnode.node.description.DescribedInterface.Neighbour;

/** The interfaces of a domain description. */
final class InterfaceDescription {
  private static final String VLAN_ID = "netgroup-vlan:vlan-id";

  private InterfaceDescription() {}

  static JsonArray all(Domain domain, Snapshot snapshot) {
    JsonArray all = new JsonArray();
    for (NetworkInterface one : snapshot.interfaces()) {
      all.add(of(all.size() + 1, one, domain.of(one.name()), snapshot));
    }
    return all;
  }

  private static JsonObject of(
      int index, NetworkInterface found, DescribedInterface said, Snapshot snapshot) {
    JsonObject json = new JsonObject();
    json.addProperty("index", index);
    String before = said.node().isEmpty() ? "" : said.node() + "/";
    json.addProperty("name", before + found.name());
    if (!said.side().isEmpty()) {
      json.addProperty("netgroup-if-side:side", said.side());
    }
    json.add("config", wrapped("enabled", new JsonPrimitive(found.up())));
    Set<EndPointType> can = snapshot.fixed().endPoints();
    JsonArray subinterfaces = new JsonArray();
    subinterfaces.add(subinterface(found.name(), can.contains(EndPointType.GRE_TUNNEL)));
    json.add("subinterfaces", wrapped("subinterface", subinterfaces));
    json.add(
        "netgroup-neighbor:neighbors", wrapped("netgroup-neighbor:neighbor", neighbours(said)));
    if (can.contains(EndPointType.VLAN) && !said.vlans().isEmpty()) {
      SortedSet<Integer> free = new TreeSet<>(said.vlans());
      free.removeAll(snapshot.usedVlans().getOrDefault(found.name(), Set.of()));
      json.add(
          "netgroup-if-ethernet:ethernet",
          wrapped("netgroup-vlan:vlans", wrapped("netgroup-vlan:vlan", vlans(free))));
    }
    return json;
  }

  private static JsonObject subinterface(String name, boolean gre) {
    JsonObject json = new JsonObject();
    json.addProperty("index", 1);
    json.add("config", wrapped("name", new JsonPrimitive(name)));
    json.add(
        "netgroup-if-capabilities:capabilities",
        wrapped("netgroup-if-capabilities:gre", new JsonPrimitive(gre)));
    json.add("netgroup-if-gre:gre", new JsonArray());
    return json;
  }

  private static JsonArray neighbours(DescribedInterface said) {
    JsonArray all = new JsonArray();
    for (Neighbour neighbour : said.neighbours()) {
      JsonObject json = new JsonObject();
      json.addProperty("domain-name", neighbour.domain());
      if (!neighbour.remote().isEmpty()) {
        json.addProperty("remote-interface", neighbour.remote());
      }
      json.addProperty("neighbor-type", neighbour.type());
      all.add(json);
    }
    return all;
  }

  /** Those that can be had: an orchestrator takes one that both ends list. */
  private static JsonArray vlans(SortedSet<Integer> free) {
    JsonArray all = new JsonArray();
    for (int id : free) {
      JsonObject vlan = wrapped(VLAN_ID, new JsonPrimitive(id));
      vlan.add("netgroup-vlan:config", wrapped(VLAN_ID, new JsonPrimitive(id)));
      all.add(vlan);
    }
    return all;
  }
}
