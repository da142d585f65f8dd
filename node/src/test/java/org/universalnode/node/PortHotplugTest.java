package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.testbed.Host;

/** A function gets and loses ports while numbered packets go through the ones that stay. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class PortHotplugTest {
  private static final int PORT = 7000;

  @TempDir Path folder;
  private Lab lab;
  private Host third;
  private Node node;

  @BeforeEach
  void start() {
    lab = new Lab(folder).hub();
    third = lab.host("10.0.0.3/24");
    node = Node.start(lab.options());
  }

  @AfterEach
  void nothingIsLeft() {
    try (Lab last = lab) {
      assertThat(call("DELETE", "/NF-FG/g1", "").statusCode()).isIn(204, 404);
      assertThat(last.traces()).isEmpty();
      node.close();
    }
  }

  @Test
  void aPortComesAndGoesAndNoPacketOfTheOthersIsLost() {
    apply(hub(2, "{}"), 201);
    String instance = instance();
    try (NumberedStream stream = stream()) {
      long from = stream.begin();
      assertThat(steps(hub(3, "{}"))).contains("plug ports of function f0");
      apply(hub(3, "{}"), 202);
      assertThat(third.connect(lab.lan, "10.0.0.1", 80)).contains("10.0.0.3");
      assertThat(interfaces()).contains("p0", "p1", "p2");
      assertThat(steps(hub(2, "{}"))).contains("unplug ports of function f0");
      apply(hub(2, "{}"), 202);
      assertThat(third.connect(lab.lan, "10.0.0.1", 80)).isEmpty();
      assertThat(interfaces()).contains("p0", "p1").doesNotContain("p2");
      assertThat(stream.count(from, stream.next()).lost()).as("lost").isZero();
      assertThat(stream.duplicated()).as("twice").isZero();
    }
    assertThat(instance()).isEqualTo(instance);
    assertThat(log()).containsExactly("joins p0 p1", "joins p0 p1 p2", "joins p0 p1");
  }

  @Test
  void aChangeThatTheFunctionRefusesLeavesItThePortsThatItHad() {
    apply(hub(2, "{}"), 201);
    String instance = instance();
    try (NumberedStream stream = stream()) {
      long from = stream.begin();
      apply(hub(3, "{\"refuse\":true}"), 500);
      assertThat(interfaces()).contains("p0", "p1").doesNotContain("p2");
      assertThat(stream.count(from, stream.next()).lost()).as("lost").isZero();
    }
    assertThat(instance()).isEqualTo(instance);
    apply(hub(3, "{}"), 202);
    assertThat(third.connect(lab.lan, "10.0.0.1", 80)).contains("10.0.0.3");
  }

  @Test
  void aNodeThatStartsAgainTakesOverWhatWasPlugged() {
    apply(hub(2, "{}"), 201);
    apply(hub(3, "{}"), 202);
    String instance = instance();
    try (NumberedStream stream = stream()) {
      long from = stream.begin();
      node.close();
      node = Node.start(lab.options());
      apply(hub(2, "{}"), 202);
      assertThat(stream.count(from, stream.next()).lost()).as("lost").isZero();
    }
    assertThat(instance()).isEqualTo(instance);
    assertThat(interfaces()).doesNotContain("p2");
  }

  private NumberedStream stream() {
    return NumberedStream.between(lab.lan, lab.wan, new InetSocketAddress("10.0.0.2", PORT), 1);
  }

  private String instance() {
    List<String> all =
        NetworkNamespace.names(lab.options().name() + "-").stream()
            .filter(name -> name.contains("-g1-"))
            .toList();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private List<String> interfaces() {
    try (RouteSocket inside = NetworkNamespace.named(instance()).routeSocket()) {
      return inside.links().stream().map(link -> link.name()).toList();
    }
  }

  private List<String> log() {
    return call("GET", "/NF-FG/g1/functions/f0/log", "").body().lines().toList();
  }

  private List<String> steps(String graph) {
    HttpResponse<String> answer = call("POST", "/NF-FG/g1/plan", graph);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body())
        .getAsJsonObject()
        .getAsJsonArray("steps")
        .asList()
        .stream()
        .map(JsonElement::getAsString)
        .toList();
  }

  private void apply(String graph, int status) {
    HttpResponse<String> answer = call("PUT", "/NF-FG/g1", graph);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return lab.call(node.port(), method, path, body);
  }

  /** As many of the hosts as there are ports, joined by a hub. */
  private String hub(int ports, String configuration) {
    List<Host> hosts = List.of(lab.lan, lab.wan, third);
    List<String> labels = new ArrayList<>();
    List<String> ends = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < ports; i++) {
      labels.add("{\"id\":\"p:%d\"}".formatted(i));
      ends.add(
          "{\"id\":\"e%d\",\"type\":\"interface\",\"interface\":{\"if-name\":\"%s\"}}"
              .formatted(i, hosts.get(i).cable()));
      rules.add(Lab.cable(i, "endpoint:e" + i, "vnf:f0:p:" + i));
    }
    return """
    {"forwarding-graph":{
      "VNFs":[{"id":"f0","functional-capability":"hub","ports":[%s],"configuration":%s}],
      "end-points":[%s],
      "big-switch":{"flow-rules":[%s]}}}"""
        .formatted(
            String.join(",", labels),
            configuration,
            String.join(",", ends),
            String.join(",", rules));
  }
}
