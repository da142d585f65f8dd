package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.Catalog;
import org.universalnode.node.deploy.Clockwork;
import org.universalnode.node.deploy.Drivers;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.HostInterfaces;
import org.universalnode.node.deploy.Limit;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Orchestrator.Manner;
import org.universalnode.node.deploy.Precondition;
import org.universalnode.node.deploy.Quotas;
import org.universalnode.node.deploy.RealClockwork;
import org.universalnode.node.deploy.Resolution;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.node.deploy.SideBySide;
import org.universalnode.node.deploy.Stopwatch;
import org.universalnode.node.store.GraphStore;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** Limits of graphs that are really made; functions of the lab have 32 MiB each. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class LimitedNodeTest {
  private static final int PLENTY = 1_000;

  @TempDir Path folder;
  private final Clockwork clockwork = new RealClockwork("reconciler");
  private Lab lab;
  private Drivers drivers;
  private Resolution resolution;
  private GraphStore store;
  private Orchestrator graphs;

  @BeforeEach
  void openTheParts() {
    lab = new Lab(folder);
    NodeOptions options = lab.options();
    drivers = Drivers.open(options.name(), options.state(), options.switchDriver());
    store = GraphStore.open(options.state().resolve("node.db"));
    resolution =
        new Resolution(
            Catalog.of(options.functions()),
            ArchiveOptions.open(options, Set::of),
            new HostInterfaces(Set.of()),
            drivers,
            TestMachine.requirements(),
            RunningPolicy.AS_ASKED);
    graphs = limited();
  }

  @AfterEach
  void nothingIsLeft() {
    try (Lab last = lab) {
      List.copyOf(graphs.ids()).forEach(id -> graphs.delete(id, Precondition.NONE));
      graphs.close();
      clockwork.close();
      drivers.close();
      store.close();
      assertThat(last.traces()).isEmpty();
    }
  }

  @Test
  void ofTwoGraphsThatWantTheLastPlaceOneIsMade() throws Exception {
    graphs = limited(new Limit("*", 2, PLENTY, PLENTY, PLENTY));
    apply("first", "wire");
    CyclicBarrier start = new CyclicBarrier(4);
    List<Future<Boolean>> made = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        String id = "g" + i;
        made.add(
            clients.submit(
                () -> {
                  start.await();
                  return isApplied(id, "wire");
                }));
      }
    }
    assertThat(made.stream().filter(Future::resultNow)).hasSize(1);
    assertThat(graphs.ids()).hasSize(2);
    assertThat(store.all()).hasSize(2);
  }

  @Test
  void aGraphThatCannotBeMadeGivesItsPlaceBack() {
    graphs = limited(new Limit("*", 1, 1, 2, 32));
    assertThatThrownBy(() -> apply("g", "broken")).hasMessageContaining("no way");
    assertThatThrownBy(() -> apply("g", "unheard-of")).hasMessageContaining("unheard-of");
    Precondition never =
        _ -> {
          throw Problem.of(Problem.Code.PRECONDITION, "never").asException();
        };
    assertThatThrownBy(() -> graphs.apply("h", lab.island("wire"), never, new Stopwatch()))
        .hasMessageContaining("never");
    assertThat(isApplied("i", "wire")).isTrue();
    graphs.delete("i", Precondition.NONE);
    assertThat(isApplied("j", "wire")).isTrue();
  }

  @Test
  void aPlanIsRefusedLikeTheChange() {
    graphs =
        limited(
            new Limit("g*", 1, PLENTY, PLENTY, PLENTY), new Limit("*", PLENTY, PLENTY, PLENTY, 32));
    apply("g", "wire");
    assertThatThrownBy(() -> graphs.predict(lab.island("wire"))).hasMessageContaining("megabytes");
    assertThat(graphs.predict("g", lab.island("cord"))).isPresent();
    assertThatThrownBy(() -> graphs.predict("g", two()))
        .hasMessageContaining("32 megabytes")
        .hasMessageContaining("it would be 64");
    assertThatThrownBy(() -> graphs.apply("g", two(), Precondition.NONE, new Stopwatch()))
        .hasMessageContaining("it would be 64");
    assertThat(isApplied("g", "wire")).as("it goes on as it was").isTrue();
  }

  @Test
  void aNodeThatStartsTakesOverMoreThanItWouldAccept() {
    graphs = limited(new Limit("*", PLENTY, PLENTY, PLENTY, PLENTY));
    apply("g1", "wire");
    graphs.apply("g2", two(), Precondition.NONE, new Stopwatch());
    graphs.close();
    graphs = limited(new Limit("*", 1, 1, 2, 32));
    graphs.recover();
    assertThat(graphs.ids()).containsExactly("g1", "g2");
    assertThat(isApplied("g3", "wire")).isFalse();
    assertThat(isApplied("g2", "wire")).as("it shrinks").isTrue();
    assertThatThrownBy(() -> graphs.apply("g2", two(), Precondition.NONE, new Stopwatch()))
        .isInstanceOf(ProblemException.class);
  }

  private Orchestrator limited(Limit... limits) {
    Quotas quotas = new Quotas(List.of(limits));
    Manner manner = new Manner(new SideBySide(), clockwork, new GraphListener() {}, quotas);
    return new Orchestrator("machine", drivers, resolution, store, manner);
  }

  private boolean isApplied(String id, String function) {
    try {
      apply(id, function);
      return true;
    } catch (ProblemException e) {
      assertThat(e.first().code()).isEqualTo(Problem.Code.LIMIT);
      return false;
    }
  }

  private void apply(String id, String function) {
    graphs.apply(id, lab.island(function), Precondition.NONE, new Stopwatch());
  }

  /** An island with a second function. */
  private String two() {
    String second =
        """
        {"id":"f1","functional-capability":"wire","ports":[{"id":"p:0"},{"id":"p:1"}]},""";
    return lab.island("wire").replace("\"VNFs\":[", "\"VNFs\":[" + second);
  }
}
