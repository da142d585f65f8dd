package org.universalnode.switching.openvswitch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.switching.openvswitch.Configuration.Link;
import org.universalnode.switching.openvswitch.ovsdb.Row;
import org.universalnode.switching.openvswitch.ovsdb.Snapshot;
import org.universalnode.switching.openvswitch.ovsdb.Value;

/** How rows of bridges, controllers and interfaces should be, and whether they are. */
record Rows(Names names, Path controller) {
  static final String CONTROLLERS = "controller";
  private static final String TARGET = "target";
  private static final String MODE = "connection_mode";
  private static final String OUT_OF_BAND = "out-of-band";
  private static final String FAIL_MODE = "fail_mode";
  private static final String SECURE = "secure";
  private static final String PROTOCOLS = "protocols";
  private static final String VERSION = "OpenFlow13";
  private static final String OTHERS = "other_config";
  private static final String NUMBER = "ofport_request";

  Map<String, Value> controllerRow() {
    return Map.of(
        TARGET, Value.of(target()), MODE, Value.of(OUT_OF_BAND), "max_backoff", Value.of(1000));
  }

  private String target() {
    return "unix:" + controller;
  }

  /**
   * What decides on frames, but for the controller; pairs of other_config that are others' stay.
   */
  Map<String, Value> bridge(Place place, Map<String, String> otherConfig) {
    Map<String, String> all = new HashMap<>(otherConfig);
    all.putAll(others(place));
    return Map.of(
        FAIL_MODE, Value.of(SECURE), PROTOCOLS, Value.of(VERSION), OTHERS, Value.map(all));
  }

  private Map<String, String> others(Place place) {
    String id = "%016x".formatted(names.datapath(place));
    return Map.of("datapath-id", id, "disable-in-band", "true");
  }

  boolean isRight(Place place, Row bridge) {
    return bridge.optionalText(FAIL_MODE).filter(SECURE::equals).isPresent()
        && bridge.texts(PROTOCOLS).equals(List.of(VERSION))
        && bridge.map(OTHERS).entrySet().containsAll(others(place).entrySet());
  }

  /** Whether the bridge asks our controller and nobody else. */
  boolean isControlled(Row bridge, Snapshot now) {
    List<Row> all =
        bridge.ids(CONTROLLERS).stream().flatMap(id -> now.row("Controller", id).stream()).toList();
    return all.size() == 1
        && all.getFirst().optionalText(TARGET).filter(target()::equals).isPresent()
        && all.getFirst().optionalText(MODE).filter(OUT_OF_BAND::equals).isPresent();
  }

  Map<String, Value> interfaceOf(BridgePort port, Link link) {
    return Map.of(
        "type",
        Value.of(link.type()),
        "options",
        Value.map(link.options()),
        NUMBER,
        Value.of(port.number()),
        "external_ids",
        Value.map(port.ids(names)));
  }

  /** Whether it is as it should be, and the switch has taken it. */
  boolean isRight(BridgePort port, Link link, Row interfaceRow) {
    Optional<Long> number = interfaceRow.whole("ofport");
    return isAsked(port, link, interfaceRow)
        && number.filter(is -> is == port.number()).isPresent();
  }

  boolean isAsked(BridgePort port, Link link, Row interfaceRow) {
    return interfaceRow.optionalText("type").orElse("").equals(link.type())
        && interfaceRow.map("options").equals(link.options())
        && interfaceRow.whole(NUMBER).filter(is -> is == port.number()).isPresent()
        && interfaceRow.map("external_ids").entrySet().containsAll(port.ids(names).entrySet());
  }
}
