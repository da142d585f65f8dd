package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.catalog.resolve.CoreLoads;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.Match;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.choice.Demands;
import org.universalnode.node.choice.Learned;
import org.universalnode.node.choice.MachineAmounts;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.node.store.Placement;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.LsiId;

class QuotasTest {
  private static final CoreLoads IDLE = new CoreLoads(Map.of(0, 0));
  private static final int PLENTY = 1_000;
  private static final PortLabel IN = PortLabel.parse("in:0");

  @Test
  void aLimitIsForTheGraphsThatItNames() {
    Quotas quotas =
        new Quotas(List.of(graphs("a*", 2), graphs("b", 0), graphs("*", 4), graphs("a1", 1)));
    for (String fits : List.of("a1", "a2", "c", "bb")) {
      quotas.take(graph(fits, 0));
    }
    assertThat(refusals(quotas, graph("b", 0))).hasSize(2);
    assertThat(refusals(quotas, graph("a3", 0))).hasSize(2);
    assertThat(refusals(quotas, graph("d", 0)))
        .containsExactly(
            "the limit of 4 graphs for graphs \"*\" is in the way: 4 are used, and it would be 5");
    quotas.forget("a2");
    assertThatCode(() -> quotas.check(graph("a3", 0))).doesNotThrowAnyException();
    assertThat(refusals(quotas, graph("b", 0))).hasSize(1);
  }

  @Test
  void functionsRulesAndMemoryOfAllGraphsAddUp() {
    Quotas quotas = new Quotas(List.of(new Limit("t*", PLENTY, 4, 8, 256)));
    quotas.take(graph("t1", 2));
    quotas.take(graph("other", 9));
    assertThat(refusals(quotas, graph("t2", 3)))
        .containsExactly(
            "the limit of 4 functions for graphs \"t*\" is in the way:"
                + " 2 are used, and it would be 5",
            "the limit of 8 rules for graphs \"t*\" is in the way: 4 are used, and it would be 10",
            "the limit of 256 megabytes for graphs \"t*\" is in the way:"
                + " 128 are used, and it would be 320");
    quotas.take(graph("t2", 2));
  }

  @Test
  void anInstanceThatGraphsShareCountsOnce() {
    Quotas quotas = new Quotas(List.of(new Limit("*", PLENTY, PLENTY, PLENTY, 128)));
    quotas.take(graph("a", 1, "nat"));
    quotas.take(graph("b", 1, "nat"));
    quotas.take(graph("c", 1));
    assertThat(refusals(quotas, graph("d", 1))).hasSize(1);
    assertThat(refusals(quotas, graph("d", 1, "firewall"))).hasSize(1);
    quotas.take(graph("d", 1, "nat"));
    quotas.forget("a");
    assertThat(refusals(quotas, graph("e", 1))).as("it still serves others").hasSize(1);
  }

  @Test
  void whatDoesNotGrowIsAllowedEvenAboveTheLimit() {
    Quotas quotas = new Quotas(List.of(new Limit("*", 0, 1, 2, 64)));
    quotas.settle(graph("found", 3)); // by a node that starts
    assertThatCode(() -> quotas.take(graph("found", 3))).doesNotThrowAnyException();
    assertThatCode(() -> quotas.take(graph("found", 2))).doesNotThrowAnyException();
    assertThat(refusals(quotas, graph("found", 4))).hasSize(3);
  }

  @Test
  void aChangeKeepsRoomForItsWayBack() {
    Quotas quotas = new Quotas(List.of(new Limit("*", PLENTY, 3, PLENTY, PLENTY)));
    quotas.take(graph("a", 3));
    quotas.settle(graph("a", 3));
    quotas.take(graph("a", 1));
    assertThat(refusals(quotas, graph("b", 1))).hasSize(1);
    quotas.settle(graph("a", 3)); // it failed
    assertThat(refusals(quotas, graph("b", 1))).hasSize(1);
    quotas.take(graph("a", 1));
    quotas.settle(graph("a", 1));
    assertThatCode(() -> quotas.take(graph("b", 2))).doesNotThrowAnyException();
  }

  @Test
  void ofManyWhoWantTheLastPlaceOneGetsIt() throws Exception {
    int clients = 16;
    for (int round = 0; round < 50; round++) {
      Quotas quotas = new Quotas(List.of(graphs("*", 1)));
      CyclicBarrier start = new CyclicBarrier(clients);
      List<Future<Boolean>> taken = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < clients; i++) {
          DesiredGraph graph = graph("g" + i, 0);
          taken.add(
              threads.submit(
                  () -> {
                    start.await();
                    return takes(quotas, graph);
                  }));
        }
      }
      assertThat(taken.stream().filter(Future::resultNow)).hasSize(1);
    }
  }

  @Test
  void noMoreIsPromisedThanTheMachineHas() {
    Quotas quotas = machine(5, 5, 100);
    quotas.take(graph("a", 2));
    assertThat(refusals(quotas, graph("b", 1)))
        .containsExactly("the graph needs 2 MB of memory, and 1 are free: 1 are missing");
    quotas.settle(graph("a", 1));
    assertThatCode(() -> quotas.take(graph("b", 1))).doesNotThrowAnyException();
    assertThat(free(quotas, "a").memory()).isEqualTo(3);
    quotas.forget("a");
    assertThat(free(quotas, "c").memory()).isEqualTo(3);
  }

  @Test
  void whatOthersUseOfTheMachineCanNotBePromised() {
    Quotas quotas = machine(100, 3, 100);
    assertThat(refusals(quotas, graph("a", 2))).hasSize(1);
    quotas.take(graph("a", 1));
    assertThat(free(quotas, "b").memory()).as("what a has not touched yet is a's").isEqualTo(1);
  }

  @Test
  void anOperatorMayPromiseMoreThanThereIsOrLess() {
    assertThatCode(() -> machine(5, 5, 200).take(graph("a", 5))).doesNotThrowAnyException();
    assertThat(refusals(machine(5, 5, 200), graph("a", 6))).hasSize(1);
    assertThat(refusals(machine(100, 100, 1), graph("a", 1))).hasSize(1);
  }

  @Test
  void whatIsThereStaysEvenIfItIsTooMuch() {
    Quotas quotas = machine(5, 5, 100);
    quotas.settle(graph("a", 9));
    assertThatCode(() -> quotas.take(graph("a", 9))).doesNotThrowAnyException();
    assertThat(refusals(quotas, graph("a", 10))).hasSize(1);
  }

  @Test
  void anInstanceThatServesSeveralGraphsIsPromisedOnce() {
    Quotas quotas = machine(3, 3, 100);
    quotas.take(graph("a", 1, "one"));
    assertThatCode(() -> quotas.take(graph("b", 1, "one"))).doesNotThrowAnyException();
    assertThat(refusals(quotas, graph("c", 1, "another"))).hasSize(1);
    assertThat(quotas.situation("b", Map.of(), IDLE).served()).containsExactly("t");
    assertThat(quotas.situation("c", Map.of(), IDLE).free().memory()).isEqualTo(1);
  }

  private static Amounts free(Quotas quotas, String graph) {
    return quotas.situation(graph, Map.of(), IDLE).free();
  }

  /** Functions of which nothing is known are promised 2 MB. */
  private static Quotas machine(int total, int available, int percent) {
    MachineAmounts amounts =
        new MachineAmounts(new Amounts(total, 0, 0), new Amounts(available, 0, 0));
    Demands demands = new Demands(Catalog.of(List.of()), Learned.nothing());
    return new Quotas(
        List.of(), new Reservations(() -> amounts, demands, percent), _ -> "", _ -> "");
  }

  private static boolean takes(Quotas quotas, DesiredGraph graph) {
    try {
      quotas.take(graph);
      return true;
    } catch (ProblemException e) {
      assertThat(e.first().code()).isEqualTo(Problem.Code.LIMIT);
      return false;
    }
  }

  private static List<String> refusals(Quotas quotas, DesiredGraph graph) {
    List<String> details = new ArrayList<>();
    assertThatThrownBy(() -> quotas.check(graph))
        .asInstanceOf(type(ProblemException.class))
        .satisfies(refused -> refused.problems().forEach(p -> details.add(p.detail())));
    return details;
  }

  private static Limit graphs(String graphs, int most) {
    return new Limit(graphs, most, PLENTY, PLENTY, PLENTY);
  }

  /** With functions of 64 MiB, each with two rules. */
  private static DesiredGraph graph(String id, int functions, String... shared) {
    List<NetworkFunction> all =
        IntStream.range(0, functions).mapToObj(QuotasTest::function).toList();
    PortRef outside = new PortRef.OfEndPoint("1");
    List<FlowRule> rules = new ArrayList<>();
    for (NetworkFunction function : all) {
      PortRef port = new PortRef.OfFunction(function.id(), IN);
      rules.add(rule(function.id() + "-in", outside, port, rules.size() + 1));
      rules.add(rule(function.id() + "-out", port, outside, 1));
    }
    Map<String, Placement> placements = new LinkedHashMap<>();
    Containment containment =
        new Containment(
            Isolation.NETWORK, 64 << 20, 512, OptionalInt.empty(), List.of(), List.of());
    Optional<String> instance = List.of(shared).stream().findFirst();
    all.forEach(
        function ->
            placements.put(
                function.id(),
                new Placement(
                    "t",
                    "native",
                    "/images/one",
                    List.of(IN),
                    Map.of(),
                    1,
                    containment,
                    false,
                    instance,
                    0)));
    ServiceGraph document =
        new ServiceGraph("g", "", all, List.of(EndPoint.atInterface("1", "eth1")), rules);
    return DesiredGraph.of(
        "machine", new DesiredGraph.StoredIdentity(id, new LsiId(1)), document, placements);
  }

  private static NetworkFunction function(int number) {
    return new NetworkFunction("f" + number, "", "cap", "", List.of(new FunctionPort(IN)), "{}");
  }

  private static FlowRule rule(String id, PortRef from, PortRef to, int priority) {
    return new FlowRule(id, priority, "", Match.allFrom(from), List.of(new Action.Output(to)));
  }
}
