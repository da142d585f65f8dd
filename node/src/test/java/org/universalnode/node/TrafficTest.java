package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.metrics.ParsedMetrics;
import org.universalnode.testbed.Host;

/** What the node says of traffic, beside real traffic. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class TrafficTest {
  private static final int DATAGRAMS = 20;
  private static final String TEXT = "x".repeat(100);

  /** Ethernet, IPv4 and UDP before the text. */
  private static final int FRAME_BYTES = 14 + 20 + 8 + TEXT.length();

  private static final String DATAGRAM = "udp 10.0.0.1:4000 -> 10.0.0.2:5000";
  private static final String KNOCK = "tcp 10.0.0.1:4000 -> 10.0.0.2:23";

  @TempDir Path folder;
  private Lab lab;
  private Node node;

  @BeforeEach
  void startANode() {
    lab = new Lab(folder);
    node = Node.start(lab.options());
  }

  @AfterEach
  void nothingIsLeft() {
    try (Lab last = lab) {
      call("DELETE", "/NF-FG/g1", "");
      node.close();
      assertThat(last.traces()).isEmpty();
      assertThat(last.hasPins()).isFalse();
    }
  }

  @Test
  void rulesPortsAndLinksCountWhatReallyGoesThroughThem() throws IOException {
    call("PUT", "/NF-FG/g1", picky());
    sendDatagrams();
    JsonObject counters = get("/NF-FG/g1/counters");
    JsonObject udp = element(counters, "flow-rules", "id", "udp");
    assertThat(udp.get("lsi").getAsInt()).isZero();
    assertThat(packets(udp)).isEqualTo(DATAGRAMS);
    assertThat(bytes(udp)).isEqualTo((long) DATAGRAMS * FRAME_BYTES);
    assertThat(element(counters, "flow-rules", "id", "2").get("lsi").getAsInt()).isEqualTo(1);
    JsonObject lan = element(counters, "ports", "port", "endpoint:lan");
    assertThat(lan.get("interface").getAsString()).isEqualTo(lab.lan.cable());
    assertThat(packets(lan.getAsJsonObject("in"))).isGreaterThanOrEqualTo(DATAGRAMS);
    JsonObject inside = element(counters, "ports", "port", "vnf:f0:p:0");
    assertThat(packets(inside.getAsJsonObject("out"))).isGreaterThanOrEqualTo(DATAGRAMS);
    for (String to : List.of("vnf:f0:p:0", "endpoint:wan")) {
      JsonObject link = element(counters, "links", "to", to);
      assertThat(packets(link)).isBetween((long) DATAGRAMS, DATAGRAMS + 20L);
      assertThat(bytes(link)).isGreaterThanOrEqualTo((long) DATAGRAMS * FRAME_BYTES);
    }
  }

  @Test
  void aTraceTellsWhichRulesRealPacketsMeet() throws IOException {
    call("PUT", "/NF-FG/g1", picky());
    JsonObject there = trace("endpoint:lan", DATAGRAM);
    JsonObject end = there.getAsJsonArray("ends").get(0).getAsJsonObject();
    assertThat(end.getAsJsonArray("onward")).hasToString("[\"vnf:f0:p:1\"]");
    JsonObject onward = trace("vnf:f0:p:1", end.get("packet").getAsString());
    assertThat(onward.getAsJsonArray("ends").get(0).getAsJsonObject().get("ports"))
        .hasToString("[\"endpoint:wan\"]");
    Set<String> foretold = new TreeSet<>(rules(there));
    foretold.addAll(rules(onward));
    Map<String, Long> before = counted();
    sendDatagrams();
    Map<String, Long> after = counted();
    Set<String> met = new TreeSet<>();
    after.forEach(
        (rule, packets) -> {
          if (packets - before.getOrDefault(rule, 0L) >= DATAGRAMS) {
            met.add(rule);
          }
        });
    assertThat(met).isEqualTo(foretold).containsExactly("2", "udp");
  }

  @Test
  void whatNoRuleMatchesIsDroppedInTheTraceAndInTruth() {
    call("PUT", "/NF-FG/g1", picky());
    JsonObject trace = trace("endpoint:lan", KNOCK);
    assertThat(trace.get("dropped").getAsBoolean()).isTrue();
    assertThat(trace.getAsJsonArray("hops")).hasSize(1);
    JsonObject hop = trace.getAsJsonArray("hops").get(0).getAsJsonObject();
    assertThat(hop.get("in").getAsString()).isEqualTo(lab.lan.cable());
    assertThat(hop.has("rule")).isFalse();
    long before = dropped("endpoint:lan");
    assertThat(lab.connected(23)).isFalse();
    assertThat(dropped("endpoint:lan")).isGreaterThan(before);
  }

  @Test
  void aTraceThatMakesNoSenseIsRefusedWithItsPlace() {
    call("PUT", "/NF-FG/g1", picky());
    assertThat(refused("{\"in\":\"endpoint:9\",\"packet\":\"" + DATAGRAM + "\"}"))
        .isEqualTo("UNKNOWN_REFERENCE /in the graph has no endpoint:9");
    assertThat(refused("{\"in\":\"vnf:f0:p:7\",\"packet\":\"" + DATAGRAM + "\"}"))
        .isEqualTo("UNKNOWN_REFERENCE /in the graph has no vnf:f0:p:7");
    assertThat(refused("{\"in\":\"lan\",\"packet\":\"" + DATAGRAM + "\"}"))
        .isEqualTo("INVALID_DOCUMENT /in \"lan\" names no port");
    assertThat(refused("{\"in\":\"endpoint:lan\",\"packet\":\"warp 1\"}"))
        .isEqualTo("INVALID_DOCUMENT /packet \"warp\" is no kind of packet");
    assertThat(refused("{\"in\":\"endpoint:lan\"}"))
        .isEqualTo("INVALID_DOCUMENT  the key \"packet\" is missing");
    assertThat(refused("{\"in\":\"endpoint:lan\",\"packet\":\"hex:00\",\"through\":true}"))
        .isEqualTo("INVALID_DOCUMENT /through the key \"through\" is unknown here");
  }

  @Test
  void anUpdateAndARestartLeaveTheCountersOfRulesThatStay() throws IOException {
    call("PUT", "/NF-FG/g1", picky());
    sendDatagrams();
    String other = picky().replace("\"udp\",\"priority\":5", "\"udp\",\"priority\":6");
    assertThat(other).isNotEqualTo(picky());
    assertThat(call("PUT", "/NF-FG/g1", other).statusCode()).isEqualTo(202);
    assertThat(counted().get("udp")).isEqualTo(DATAGRAMS);
    assertThat(counted().get("2")).isGreaterThanOrEqualTo(DATAGRAMS);
    node.close();
    node = Node.start(lab.options());
    assertThat(counted().get("udp")).isEqualTo(DATAGRAMS);
    sendDatagrams();
    assertThat(counted().get("udp")).isEqualTo(2 * DATAGRAMS);
  }

  @Test
  void aRuleThatGoesAndComesBackCountsFromZero() throws IOException {
    call("PUT", "/NF-FG/g1", picky());
    sendDatagrams();
    call("DELETE", "/NF-FG/g1", "");
    call("PUT", "/NF-FG/g1", picky());
    assertThat(counted().get("udp")).isZero();
  }

  @Test
  void metricsAreOpenMetricsAndAgreeWithTheCounters() throws IOException {
    call("PUT", "/NF-FG/g1", picky());
    sendDatagrams();
    HttpResponse<String> answer = call("GET", "/metrics", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    ParsedMetrics metrics = ParsedMetrics.of(answer.body());
    assertThat(metrics.value("un_graphs", "state", "active")).isEqualTo(1);
    assertThat(metrics.value("un_graphs", "state", "failed")).isZero();
    assertThat(metrics.value("un_functions", "state", "running")).isEqualTo(1);
    assertThat(metrics.value("un_functions", "state", "broken")).isZero();
    assertThat(metrics.value("un_rule_packets_total", "graph", "g1", "rule", "udp"))
        .isEqualTo(DATAGRAMS);
    assertThat(metrics.value("un_rule_bytes_total", "graph", "g1", "rule", "udp"))
        .isEqualTo(DATAGRAMS * FRAME_BYTES);
    String[] lan = {"interface", lab.lan.cable(), "direction", "in"};
    assertThat(metrics.value("un_interface_packets_total", lan)).isGreaterThanOrEqualTo(DATAGRAMS);
    assertThat(metrics.value("un_link_packets_total", "graph", "g1", "to", "endpoint:wan"))
        .isGreaterThanOrEqualTo(DATAGRAMS);
    assertThat(metrics.value("un_samples_left_out")).isZero();
    assertThat(metrics.value("jvm_memory_used_bytes", "area", "heap")).isPositive();
    assertThat(metrics.value("process_resident_memory_bytes")).isGreaterThan(1 << 20);
    assertThat(metrics.value("un_uptime_seconds")).isBetween(0.0, 600.0);
    assertThat(metrics.samples())
        .anyMatch(
            sample -> sample.startsWith("un_node_info{name=" + lab.options().name() + ", switch="));
  }

  @Test
  void aRuleThatMovesToAnotherPortKeepsItsCounter() throws Exception {
    String straight = lab.chain();
    call("PUT", "/NF-FG/g1", straight);
    sendDatagrams();
    String crossed =
        straight
            .replace("\"0\"", "\"x\"")
            .replace("\"0-back\"", "\"0\"")
            .replace("\"x\"", "\"0-back\"");
    call("PUT", "/NF-FG/g1", crossed);
    sendDatagrams();
    Map<String, Long> before = counted();
    for (int i = 0; i < 6; i++) {
      String drop =
          """
          "flow-rules":[{"id":"new%d","priority":9,"actions":[{"drop":true}],
           "match":{"port_in":"endpoint:lan","ether_type":"0x88cc"}},"""
              .formatted(i);
      call("PUT", "/NF-FG/g1", crossed.replace("\"flow-rules\":[", drop));
    }
    Map<String, Long> after = counted();
    assertThat(after.get("0")).isGreaterThanOrEqualTo(before.get("0"));
    assertThat(after.get("0-back")).isGreaterThanOrEqualTo(before.get("0-back"));
  }

  @Test
  void aGraphThatIsGoneIsNoLongerAmongTheMetrics() {
    call("PUT", "/NF-FG/g1", picky());
    ParsedMetrics idle = ParsedMetrics.of(call("GET", "/metrics", "").body());
    assertThat(idle.value("un_functions", "state", "running")).isEqualTo(1);
    call("DELETE", "/NF-FG/g1", "");
    ParsedMetrics empty = ParsedMetrics.of(call("GET", "/metrics", "").body());
    assertThat(empty.value("un_functions", "state", "running")).isZero();
    assertThat(empty.samples()).noneMatch(sample -> sample.contains("graph="));
  }

  /** From lan to wan through a function: ARP, and datagrams to one port; back goes everything. */
  private String picky() {
    String arp = "\"id\":\"0\",\"priority\":1,\"match\":{\"ether_type\":\"0x0806\",";
    String udp =
        """
        {"id":"udp","priority":5,"match":{"port_in":"endpoint:lan","ether_type":"0x0800",
         "protocol":"udp","dest_port":"5000"},
         "actions":[{"output_to_port":"vnf:f0:p:0"}]},""";
    return lab.chain("wire")
        .replace("\"id\":\"0\",\"priority\":1,\"match\":{", arp)
        .replace("\"flow-rules\":[", "\"flow-rules\":[" + udp);
  }

  private void sendDatagrams() throws IOException {
    try (DatagramChannel wan = lab.wan.udp(5000);
        DatagramChannel lan = lab.lan.udp(4000)) {
      for (int i = 0; i < DATAGRAMS; i++) {
        Host.send(lan, TEXT, "10.0.0.2", 5000);
        assertThat(Host.receive(wan)).contains(TEXT);
      }
    }
  }

  private Map<String, Long> counted() {
    Map<String, Long> counts = new HashMap<>();
    get("/NF-FG/g1/counters")
        .getAsJsonArray("flow-rules")
        .forEach(rule -> counts.put(text(rule, "id"), packets(rule.getAsJsonObject())));
    return counts;
  }

  private long dropped(String port) {
    JsonObject counters = get("/NF-FG/g1/counters");
    return packets(element(counters, "ports", "port", port).getAsJsonObject("dropped"));
  }

  private JsonObject trace(String in, String packet) {
    JsonObject request = new JsonObject();
    request.addProperty("in", in);
    request.addProperty("packet", packet);
    HttpResponse<String> answer = call("POST", "/NF-FG/g1/trace", request.toString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private String refused(String request) {
    HttpResponse<String> answer = call("POST", "/NF-FG/g1/trace", request);
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonObject problem = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertThat(problem.getAsJsonArray("problems")).hasSize(1);
    return text(problem, "code") + " " + text(problem, "pointer") + " " + text(problem, "detail");
  }

  private static Set<String> rules(JsonObject trace) {
    Set<String> rules = new TreeSet<>();
    for (JsonElement hop : trace.getAsJsonArray("hops")) {
      if (hop.getAsJsonObject().has("rule")) {
        rules.add(text(hop, "rule"));
      }
    }
    return rules;
  }

  private static JsonObject element(JsonObject body, String list, String key, String value) {
    for (JsonElement element : body.getAsJsonArray(list)) {
      if (text(element, key).equals(value)) {
        return element.getAsJsonObject();
      }
    }
    throw new AssertionError("no " + key + " " + value + " in " + body);
  }

  private static String text(JsonElement object, String key) {
    return object.getAsJsonObject().get(key).getAsString();
  }

  private static long packets(JsonObject count) {
    return count.get("packets").getAsLong();
  }

  private static long bytes(JsonObject count) {
    return count.get("bytes").getAsLong();
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return lab.call(node.port(), method, path, body);
  }

  private JsonObject get(String path) {
    return JsonParser.parseString(call("GET", path, "").body()).getAsJsonObject();
  }
}
