package org.universalnode.bench.graphs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Makes the text of a service graph as an orchestrator would send it. It is written here without
 * the language's own writer, which is measured by it. The same seed makes the same text.
 */
final class GraphText {
  private static final int PORTS = 3;
  private static final int RULES_PER_PAIR = 4;
  private static final List<String> CAPABILITIES = List.of("firewall", "nat", "bridge", "dhcp");

  private final Random random;
  private final List<String> ports = new ArrayList<>();

  private GraphText(long seed) {
    random = new Random(seed);
  }

  /**
   * A graph with one end-point per hundred functions. Rules come in fours: one pair of ports, from
   * the most particular match to none.
   *
   * @param functions at least {@code rules} / 12, so that each four have a port of their own
   * @param rules a multiple of 4
   */
  static String of(int functions, int rules, long seed) {
    if (rules % RULES_PER_PAIR != 0 || rules > functions * PORTS * RULES_PER_PAIR) {
      throw new IllegalArgumentException(rules + " rules for " + functions + " functions");
    }
    return new GraphText(seed).graph(functions, rules);
  }

  private String graph(int functions, int rules) {
    StringJoiner vnfs = new StringJoiner(",\n");
    for (int i = 0; i < functions; i++) {
      vnfs.add(function(i));
    }
    StringJoiner endPoints = new StringJoiner(",\n");
    for (int i = 0; i < Math.max(1, functions / 100); i++) {
      endPoints.add(endPoint(i));
    }
    StringJoiner flowRules = new StringJoiner(",\n");
    for (int pair = 0; pair < rules / RULES_PER_PAIR; pair++) {
      rules(pair, flowRules);
    }
    return """
    {"forwarding-graph": {"name": "%d functions, %d rules",
    "VNFs": [
    %s],
    "end-points": [
    %s],
    "big-switch": {"flow-rules": [
    %s]}}}
    """
        .formatted(functions, rules, vnfs, endPoints, flowRules);
  }

  private String function(int number) {
    String id = "%08d".formatted(number);
    String capability = CAPABILITIES.get(number % CAPABILITIES.size());
    StringJoiner declared = new StringJoiner(", ");
    for (int port = 0; port < PORTS; port++) {
      ports.add("vnf:" + id + ":inout:" + port);
      declared.add("{\"id\": \"inout:%d\", \"name\": \"port %d\"}".formatted(port, port));
    }
    return """
    {"id": "%s", "name": "%s of tenant %d", "functional-capability": "%s", "ports": [%s]}"""
        .formatted(id, capability, number / 10, capability, declared);
  }

  private String endPoint(int number) {
    ports.add("endpoint:" + number);
    return """
    {"id": "%d", "name": "line %d", "type": "interface", "interface": {"if-name": "eth%d"}}"""
        .formatted(number, number, number);
  }

  private void rules(int pair, StringJoiner rules) {
    String from = ports.get(pair);
    String to = ports.get(random.nextInt(ports.size()));
    String elsewhere = ports.get(random.nextInt(ports.size()));
    List<String> matches = List.of(service(), networks(), tenant(), "");
    for (int i = 0; i < RULES_PER_PAIR; i++) {
      int id = pair * RULES_PER_PAIR + i;
      String output = i == 0 ? elsewhere : to;
      rules.add(
          """
          {"id": "%09d", "priority": %d, "match": {"port_in": "%s"%s},
           "actions": [{"output_to_port": "%s"}]}"""
              .formatted(id, 40 - 10 * i, from, matches.get(i), output));
    }
  }

  private String service() {
    return """
    , "ether_type": "0x0800", "protocol": "%d", "dest_port": "%d\""""
        .formatted(random.nextBoolean() ? 6 : 17, 1 + random.nextInt(65_535));
  }

  private String networks() {
    return """
    , "ether_type": "0x0800", "source_ip": "10.%d.%d.0/24", "dest_ip": "198.51.100.%d\""""
        .formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private String tenant() {
    return """
    , "vlan_id": "%d", "source_mac": "02:00:00:%02x:%02x:%02x\""""
        .formatted(
            1 + random.nextInt(4_094),
            random.nextInt(256),
            random.nextInt(256),
            random.nextInt(256));
  }
}
