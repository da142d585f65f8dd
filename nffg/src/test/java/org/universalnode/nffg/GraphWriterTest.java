package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class GraphWriterTest {
  private static final int GRAPHS = 2_000;

  @Test
  void randomGraphsComeBack() {
    long first = System.nanoTime();
    Set<Enum<?>> drawn = new HashSet<>();
    for (long seed = first; seed < first + GRAPHS; seed++) {
      ServiceGraph graph = new RandomGraphs(seed).graph(3, 8);
      String text = GraphWriter.write(graph);

      assertThat(GraphReader.read(text)).as("seed %d: %s", seed, text).isEqualTo(graph);
      assertThat(GraphWriter.write(GraphReader.read(text))).as("seed %d", seed).isEqualTo(text);
      graph.endPoints().forEach(endPoint -> drawn.add(endPoint.kind().type()));
      for (FlowRule rule : graph.rules()) {
        drawn.addAll(rule.match().fields().fields().keySet());
        rule.actions().forEach(action -> drawn.add(action.type()));
      }
    }
    assertThat(drawn)
        .as("from seed %d on, all kinds of end-point, field and action", first)
        .contains(EndPointType.values())
        .contains(HeaderField.values())
        .contains(ActionType.values());
  }

  @Test
  void theFormIsTheOneThatIsPublished() {
    ServiceGraph graph = GraphReader.read(SampleGraphs.text("firewall-nat.json"));

    assertThat(GraphWriter.tree(graph).toString())
        .contains(
            "{\"port_in\":\"endpoint:lan\",\"ether_type\":\"0x0800\",\"vlan_id\":\"ANY\","
                + "\"source_mac\":\"02:00:00:00:00:0a\",\"dest_mac\":\"ff:ff:ff:ff:ff:ff\","
                + "\"source_ip\":\"10.1.2.0/24\",\"dest_ip\":\"198.51.0.0/16\","
                + "\"protocol\":\"6\",\"source_port\":\"1024\",\"dest_port\":\"80\"}")
        .contains("{\"id\":\"wan\",\"type\":\"interface\",\"interface\":{\"if-name\":\"eth0.2\"}");
  }

  @Test
  void theLargestGraphComesBack() {
    ServiceGraph graph = large(ServiceGraph.MOST_FUNCTIONS, ServiceGraph.MOST_RULES);

    assertThat(GraphReader.read(GraphWriter.write(graph))).isEqualTo(graph);
  }

  @Test
  void aLargerGraphIsRefused() {
    String tooManyRules = GraphWriter.write(large(1, ServiceGraph.MOST_RULES + 1));
    String tooManyFunctions = GraphWriter.write(large(ServiceGraph.MOST_FUNCTIONS + 1, 1));

    assertThatThrownBy(() -> GraphReader.read(tooManyRules))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.first().code()).isEqualTo(Code.LIMIT);
              assertThat(e.first().pointer()).isEqualTo("/forwarding-graph/big-switch/flow-rules");
            });
    assertThatThrownBy(() -> GraphReader.read(tooManyFunctions))
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problems()).hasSize(1));
  }

  private static ServiceGraph large(int functions, int rules) {
    PortLabel port = new PortLabel("inout", 0);
    List<NetworkFunction> all =
        IntStream.range(0, functions)
            .mapToObj(
                i ->
                    new NetworkFunction(
                        "f" + i, "n", "", "", List.of(new FunctionPort(port)), "{}"))
            .toList();
    return new ServiceGraph(
        "large",
        "",
        all,
        List.of(),
        IntStream.range(0, rules).mapToObj(i -> large(i, port)).toList());
  }

  private static FlowRule large(int number, PortLabel port) {
    PortRef ref = new PortRef.OfFunction("f0", port);
    return new FlowRule(
        "r" + number, number % 60_000, "", Match.allFrom(ref), List.of(new Action.Output(ref)));
  }
}
