package org.universalnode.switching.openvswitch.ovsdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the tests watch of Open vSwitch, and what they do to it. */
final class OpenVswitchTables {
  static final String ROOT = "Open_vSwitch";
  static final Map<String, String> MARK = Map.of("owner", "test");

  private static final Map<String, Set<String>> TABLES =
      Map.of(
          ROOT,
          Set.of("bridges", "cur_cfg", "next_cfg", "external_ids"),
          "Bridge",
          Set.of("name", "ports", "external_ids", "datapath_id"),
          "Port",
          Set.of("name", "interfaces", "external_ids"),
          "Interface",
          Set.of("name", "type", "ofport", "error"));

  /** Short ones, so that tests need not wait. */
  static final Limits LIMITS =
      new Limits(
          1 << 20,
          64,
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofMillis(5),
          Duration.ofMillis(50));

  private OpenVswitchTables() {}

  static Settings settings(Path socket, Limits limits) {
    return new Settings(socket, ROOT, 8, TABLES, limits);
  }

  static Database open(Path socket) {
    return Database.open(settings(socket, LIMITS), Listener.NONE);
  }

  /** A bridge with its own port, which must not exist yet. */
  static List<Operation> addBridge(String name) {
    return List.of(
        Operation.Wait.none("Bridge", Condition.equal("name", name)),
        new Operation.Insert(
                "Interface", Map.of("name", Value.of(name), "type", Value.of("internal")))
            .as("itf"),
        new Operation.Insert(
                "Port", Map.of("name", Value.of(name), "interfaces", Value.newRow("itf")))
            .as("port"),
        new Operation.Insert(
                "Bridge",
                Map.of(
                    "name", Value.of(name),
                    "datapath_type", Value.of("netdev"),
                    "ports", Value.newRow("port"),
                    "external_ids", Value.map(MARK)))
            .as("br"),
        new Operation.Mutate(
            ROOT,
            Operation.EVERY_ROW,
            List.of(Mutation.insert("bridges", Value.newRow("br")), Mutation.add("next_cfg", 1))));
  }

  static List<Operation> addPort(String bridge, String name, String type) {
    return List.of(
        Operation.Wait.some("Bridge", Condition.equal("name", bridge)),
        new Operation.Insert("Interface", Map.of("name", Value.of(name), "type", Value.of(type)))
            .as("itf"),
        new Operation.Insert(
                "Port",
                Map.of(
                    "name", Value.of(name),
                    "interfaces", Value.newRow("itf"),
                    "external_ids", Value.map(MARK)))
            .as("port"),
        new Operation.Mutate(
            "Bridge",
            List.of(Condition.equal("name", bridge)),
            List.of(Mutation.insert("ports", Value.newRow("port")))));
  }

  /** Rows that nothing refers to any more the database deletes itself: ports and interfaces. */
  static List<Operation> deleteBridge(Row bridge) {
    return List.of(
        new Operation.Mutate(
            ROOT, Operation.EVERY_ROW, List.of(Mutation.delete("bridges", Value.of(bridge.id())))));
  }
}
