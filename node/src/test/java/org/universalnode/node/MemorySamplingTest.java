package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.catalog.Catalog;
import org.universalnode.node.choice.Demands;
import org.universalnode.node.choice.Learned;
import org.universalnode.node.deploy.Clockwork;
import org.universalnode.node.deploy.Drivers;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.HostInterfaces;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Orchestrator.Manner;
import org.universalnode.node.deploy.Resolution;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.node.deploy.SideBySide;
import org.universalnode.node.deploy.Stopwatch;
import org.universalnode.node.store.GraphStore;
import org.universalnode.node.store.Placement;

/** What the node learns of the memory of functions that really run, when it is told to look. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class MemorySamplingTest {
  @TempDir Path folder;
  private final Told clock = new Told();
  private Lab lab;
  private Drivers drivers;
  private GraphStore store;
  private Learned learned;
  private Demands demands;
  private Orchestrator graphs;

  @BeforeEach
  void aGraphRuns() {
    lab = new Lab(folder);
    NodeOptions options = lab.options();
    drivers = Drivers.open(options.name(), options.state(), options.switchDriver());
    store = GraphStore.open(options.state().resolve("node.db"));
    learned = Learned.open(folder.resolve("learned.json"));
    demands = new Demands(Catalog.of(options.functions()), learned);
    Resolution resolution =
        new Resolution(
            demands,
            ArchiveOptions.open(options, Set::of),
            new HostInterfaces(Set.of()),
            drivers,
            TestMachine.requirements(),
            RunningPolicy.AS_ASKED);
    Manner manner = new Manner(new SideBySide(), clock, new GraphListener() {});
    graphs = new Orchestrator("machine", drivers, resolution, store, manner);
    graphs.apply("g", lab.island("wire"), new Stopwatch());
  }

  @AfterEach
  void nothingIsLeft() {
    try (Lab last = lab) {
      graphs.delete("g");
      graphs.close();
      drivers.close();
      store.close();
      assertThat(last.traces()).isEmpty();
    }
  }

  @Test
  void itIsLearnedAndKeptWhereTheMachineCountsIt() {
    new MemorySampling(graphs, learned, clock).begin();
    OptionalLong used = graphs.function("g", "f0").orElseThrow().stats().memoryBytes();
    clock.tell();
    assertThat(unused(learned)).isEqualTo(used.isPresent() ? 0 : 2);
    assertThat(unused(Learned.open(folder.resolve("learned.json")))).isEqualTo(unused(learned));
    clock.tell();
    assertThat(clock.next()).as("it goes on").isPresent();
  }

  private long unused(Learned known) {
    Placement placement = graphs.function("g", "f0").orElseThrow().placement();
    return demands.holding(placement).unusedMegabytes(known);
  }

  /** Time passes when it is told to. */
  private static final class Told implements Clockwork {
    private final Deque<Runnable> waiting = new ConcurrentLinkedDeque<>();

    @Override
    public long now() {
      return 0;
    }

    @Override
    public void after(Duration delay, Runnable work) {
      waiting.add(work);
    }

    void tell() {
      List<Runnable> now = List.copyOf(waiting);
      waiting.clear();
      now.forEach(Runnable::run);
    }

    Optional<Runnable> next() {
      return Optional.ofNullable(waiting.peek());
    }

    @Override
    public void close() {
      waiting.clear();
    }
  }
}
