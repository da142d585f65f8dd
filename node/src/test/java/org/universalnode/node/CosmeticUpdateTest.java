package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import org.universalnode.node.deploy.Images;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.RealClockwork;
import org.universalnode.node.deploy.Resolution;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.node.deploy.SideBySide;
import org.universalnode.node.deploy.Stopwatch;
import org.universalnode.node.store.GraphStore;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.SwitchState;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.Watch;

/** What an update asks of the switch, seen by one who stands before the real one. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class CosmeticUpdateTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @TempDir Path folder;
  private Lab lab;
  private Drivers drivers;
  private GraphStore store;
  private Orchestrator graphs;
  private Clockwork clockwork;

  @BeforeEach
  void openTheParts() {
    lab = new Lab(folder);
    NodeOptions options = lab.options();
    Images archives = ArchiveOptions.open(options, Set::of);
    Drivers real = Drivers.open(options.name(), options.state(), options.switchDriver());
    drivers = new Drivers(new Listener(real.switching(), asked), real.functions(), real.dhcp());
    store = GraphStore.open(options.state().resolve("node.db"));
    Catalog catalog = Catalog.of(options.functions());
    Resolution resolution =
        new Resolution(
            catalog,
            archives,
            new HostInterfaces(Set.of()),
            drivers,
            TestMachine.requirements(),
            RunningPolicy.AS_ASKED);
    clockwork = new RealClockwork("test");
    Orchestrator.Manner manner =
        new Orchestrator.Manner(new SideBySide(), clockwork, new GraphListener() {});
    graphs = new Orchestrator("machine", drivers, resolution, store, manner);
  }

  @AfterEach
  void nothingIsLeft() {
    try (Lab last = lab) {
      graphs.delete("g");
      clockwork.close();
      drivers.close();
      store.close();
      assertThat(last.traces()).isEmpty();
      assertThat(last.hasPins()).isFalse();
    }
  }

  @Test
  void otherNotesAskNothingOfTheSwitch() {
    String graph = lab.island("wire");
    graphs.apply("g", graph, new Stopwatch());
    assertThat(asked).contains("createPort", "apply");
    asked.clear();
    String noted = graph.replace("\"VNFs\"", "\"description\":\"noted\",\"VNFs\"");
    assertThat(graphs.predict("g", noted).orElseThrow().cosmetic()).isTrue();
    graphs.apply("g", noted, new Stopwatch());
    assertThat(asked).isEmpty();
    assertThat(graphs.graph("g").orElseThrow().description()).isEqualTo("noted");
    assertThat(store.all().getFirst().wanted().document()).contains("noted");
  }

  @Test
  void anotherPriorityIsOneChangeOfTheRules() {
    String graph = lab.island("wire");
    graphs.apply("g", graph, new Stopwatch());
    asked.clear();
    String other = graph.replaceFirst("\"priority\":1", "\"priority\":2");
    assertThat(graphs.predict("g", other).orElseThrow().cosmetic()).isFalse();
    assertThat(asked).isEmpty();
    graphs.apply("g", other, new Stopwatch());
    assertThat(asked).contains("apply").doesNotContain("createPort", "deletePort");
  }

  /** Passes every call on, and writes down those that change something. */
  private record Listener(SwitchDriver real, List<String> asked) implements SwitchDriver {

    private <T> Result<T> heard(String call, Supplier<Result<T>> passOn) {
      asked.add(call);
      return passOn.get();
    }

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public Watch watch(Consumer<LsiId> disturbed) {
      return real.watch(disturbed);
    }

    @Override
    public Result<Set<LsiId>> verify() {
      return real.verify();
    }

    @Override
    public SwitchFeatures features() {
      return real.features();
    }

    @Override
    public Result<Nothing> createLsi(LsiId lsi) {
      return heard("createLsi", () -> real.createLsi(lsi));
    }

    @Override
    public Result<Nothing> deleteLsi(LsiId lsi) {
      return heard("deleteLsi", () -> real.deleteLsi(lsi));
    }

    @Override
    public Result<AttachedPort> createPort(LsiId lsi, Attachment attachment) {
      return heard("createPort", () -> real.createPort(lsi, attachment));
    }

    @Override
    public Result<Nothing> deletePort(LsiId lsi, Attachment attachment) {
      return heard("deletePort", () -> real.deletePort(lsi, attachment));
    }

    @Override
    public Result<Nothing> deletePort(LsiPort port) {
      return heard("deletePort", () -> real.deletePort(port));
    }

    @Override
    public Result<VirtualLink> connect(LsiId graph, String name) {
      return heard("connect", () -> real.connect(graph, name));
    }

    @Override
    public Result<Nothing> disconnect(VirtualLink link) {
      return heard("disconnect", () -> real.disconnect(link));
    }

    @Override
    public Result<Nothing> apply(RuleChange change) {
      return heard("apply", () -> real.apply(change));
    }

    @Override
    public Result<Nothing> settle(Set<LsiId> unmade) {
      return real.settle(unmade);
    }

    @Override
    public Result<SwitchState> observe() {
      return real.observe();
    }

    @Override
    public Result<SwitchCounters> counters(LsiId lsi) {
      return real.counters(lsi);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
