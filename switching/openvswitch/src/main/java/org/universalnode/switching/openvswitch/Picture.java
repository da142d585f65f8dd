package org.universalnode.switching.openvswitch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.universalnode.problem.Problem;
import org.universalnode.switching.openvswitch.Configuration.Link;
import org.universalnode.switching.openvswitch.ovsdb.Row;
import org.universalnode.switching.openvswitch.ovsdb.Snapshot;
import org.universalnode.switching.openvswitch.ovsdb.Value;

/** What the database has of one node at a moment. */
record Picture(Snapshot now, Names names) {
  /** Whether ovs-vswitchd has started its part of DPDK. */
  static final String DPDK = "dpdk_initialized";

  private static final String ROOT = "Open_vSwitch";
  private static final String BRIDGE = "Bridge";
  private static final String PORT = "Port";
  private static final String INTERFACE = "Interface";
  private static final String IDS = "external_ids";

  Row root() {
    return now.rows(ROOT).stream()
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(Problem.Code.KERNEL, "the database of Open vSwitch is empty")
                    .next("run ovs-vsctl init")
                    .asException());
  }

  boolean hasDpdk() {
    return root().truth(DPDK).orElse(false);
  }

  Map<Place, Row> bridges() {
    Map<Place, Row> bridges = new HashMap<>();
    now.bearing(BRIDGE, IDS, names.mark())
        .forEach(row -> bridges.put(Names.place(row.map(IDS)), row));
    return bridges;
  }

  List<BridgePort> ports() {
    return now.bearing(INTERFACE, IDS, names.mark()).stream()
        .filter(row -> BridgePort.isOne(row.map(IDS)))
        .map(row -> BridgePort.of(row.text("name"), row.map(IDS)))
        .toList();
  }

  Optional<Row> interfaceOf(String name) {
    return now.rows(INTERFACE, "name", Value.of(name)).stream().findFirst();
  }

  /** Only an interface that the switch has taken has one. */
  Optional<Long> numberOf(String name) {
    return interfaceOf(name).flatMap(row -> row.whole("ofport")).filter(number -> number > 0);
  }

  Link linkOf(BridgePort port) {
    return interfaceOf(port.name())
        .map(row -> new Link(row.optionalText("type").orElse(""), row.map("options")))
        .orElse(Link.DEVICE);
  }

  /** The interface of the port in its bridge, whoever says that it is one of ours. */
  Optional<Row> rowOf(BridgePort port) {
    Row bridge = bridges().get(port.place());
    boolean inside =
        bridge != null
            && now.rows(PORT, "name", Value.of(port.name())).stream()
                .anyMatch(row -> bridge.ids("ports").contains(row.id()));
    return inside ? interfaceOf(port.name()) : Optional.empty();
  }

  /** Places of which something is not as it was made. */
  Set<Place> harmed(Made made, Rows rows) {
    Map<Place, Row> bridges = bridges();
    Set<Place> harmed = new HashSet<>();
    for (Place place : made.bridges()) {
      Row row = bridges.get(place);
      if (row == null || !rows.isRight(place, row) || !rows.isControlled(row, now)) {
        harmed.add(place);
      }
    }
    Map<String, Row> interfaces = byName(INTERFACE);
    Map<String, Row> ports = byName(PORT);
    Map<Place, Set<UUID>> inside = new HashMap<>();
    bridges.forEach((place, row) -> inside.put(place, Set.copyOf(row.ids("ports"))));
    made.ports()
        .forEach(
            (port, link) -> {
              Row row = interfaces.get(port.name());
              Row holder = ports.get(port.name());
              Set<UUID> here = inside.getOrDefault(port.place(), Set.of());
              if (row == null
                  || holder == null
                  || !here.contains(holder.id())
                  || !rows.isRight(port, link, row)) {
                harmed.add(port.place());
              }
            });
    return harmed;
  }

  private Map<String, Row> byName(String table) {
    Map<String, Row> rows = new HashMap<>();
    now.rows(table).forEach(row -> rows.put(row.text("name"), row));
    return rows;
  }
}
