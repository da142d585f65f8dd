package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Every size and count has a limit, and what is just below it is accepted. */
class LimitTest {

  @Test
  void namesAndIds() {
    accepted(function("\"id\":\"" + "x".repeat(128) + "\",\"name\":\"" + "n".repeat(256) + "\""));
    limited(function("\"id\":\"" + "x".repeat(129) + "\",\"name\":\"n\""), "/VNFs/0/id");
    limited(function("\"id\":\"1\",\"name\":\"" + "n".repeat(257) + "\""), "/VNFs/0/name");
  }

  @Test
  void portsOfAFunction() {
    accepted(function("\"id\":\"1\",\"name\":\"n\",\"ports\":[" + ports(256) + "]"));
    limited(
        function("\"id\":\"1\",\"name\":\"n\",\"ports\":[" + ports(257) + "]"), "/VNFs/0/ports");
  }

  @Test
  void variablesOfAFunction() {
    accepted(variables(256, "v".repeat(4096)));
    limited(variables(257, ""), "/VNFs/0/unify-env-variables");
    limited(variables(1, "v".repeat(4097)), "/VNFs/0/unify-env-variables/0/variable");
  }

  @Test
  void endPointsOfAGraph() {
    accepted(graph("\"end-points\":[" + endPoints(1000) + "]"));
    limited(graph("\"end-points\":[" + endPoints(1001) + "]"), "/end-points");
  }

  @Test
  void actionsOfARule() {
    accepted(ruleWithActions(256));
    limited(ruleWithActions(257), "/big-switch/flow-rules/0/actions");
  }

  @Test
  void settingsOfTheNode() {
    accepted(graph("\"node-config\":[" + settings(100) + "]"));
    limited(graph("\"node-config\":[" + settings(101) + "]"), "/node-config");
  }

  @Test
  void configurationThatIsKept() {
    int most = JsonLimits.DOCUMENT.characters() - "{\"k\":\"\"}".length();
    String start = "\"id\":\"1\",\"name\":\"n\",\"configuration\":{\"k\":\"";

    accepted(function(start + "x".repeat(most) + "\"}"));
    limited(function(start + "x".repeat(most + 1) + "\"}"), "/VNFs/0/configuration");
  }

  @Test
  void depthAndLengthOfTheDocument() {
    String deep = "\"id\":\"1\",\"name\":\"n\",\"configuration\":{\"k\":";

    accepted(function(deep + "[".repeat(27) + "]".repeat(27) + "}"));
    Problem tooDeep = onlyProblem(function(deep + "[".repeat(28) + "]".repeat(28) + "}"));
    assertThat(tooDeep.code()).isEqualTo(Code.LIMIT);
    assertThat(tooDeep.pointer()).startsWith("/forwarding-graph/VNFs/0/configuration/k/0");

    int most = GraphReader.LIMITS.characters();
    String empty = graph("\"description\":\"\"");
    String longest = graph("\"description\":\"" + "d".repeat(most - empty.length()) + "\"");
    accepted(longest);
    assertThat(onlyProblem(longest + " ").code()).isEqualTo(Code.LIMIT);
  }

  private static String ports(int count) {
    return listed(count, i -> "{\"id\":\"p:" + i + "\"}");
  }

  private static String endPoints(int count) {
    return listed(count, i -> "{\"id\":\"" + i + "\"}");
  }

  private static String settings(int count) {
    String gateway = "\"type\":\"default-gateway\",\"default-gateway\":{\"ip-address\":\"::1\"}";
    return listed(count, i -> "{\"id\":\"" + i + "\"," + gateway + "}");
  }

  private static String variables(int count, String value) {
    String all = listed(count, i -> "{\"variable\":\"V" + i + "=" + value + "\"}");
    return function("\"id\":\"1\",\"name\":\"n\",\"unify-env-variables\":[" + all + "]");
  }

  private static String ruleWithActions(int count) {
    String actions = listed(count, i -> "{\"output_to_port\":\"endpoint:e\"}");
    return graph(
        "\"end-points\":[{\"id\":\"e\"}],\"big-switch\":{\"flow-rules\":[{\"id\":\"1\","
            + "\"match\":{\"port_in\":\"endpoint:e\"},\"actions\":["
            + actions
            + "]}]}");
  }

  private static String listed(int count, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
  }

  private static String function(String members) {
    return graph("\"VNFs\":[{" + members + "}]");
  }

  private static String graph(String members) {
    return "{\"forwarding-graph\":{" + members + "}}";
  }

  private static void accepted(String text) {
    assertThat(GraphReader.check(text).errors()).isEmpty();
  }

  private static void limited(String text, String pointer) {
    Problem problem = onlyProblem(text);
    assertThat(problem.code()).isEqualTo(Code.LIMIT);
    assertThat(problem.pointer()).isEqualTo("/forwarding-graph" + pointer);
    assertThat(problem.nextStep()).isNotEmpty();
  }

  private static Problem onlyProblem(String text) {
    assertThat(GraphReader.check(text).errors()).hasSize(1);
    return GraphReader.check(text).errors().getFirst();
  }
}
