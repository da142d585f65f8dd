package org.universalnode.switching.openvswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.openvswitch.Swap.Held;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.FlowStats;
import org.universalnode.switching.openvswitch.openflow.Oxm;
import org.universalnode.switching.openvswitch.openflow.OxmTlv;
import org.universalnode.testbed.PrivateOpenVswitch;

/** A node's flow tables with two links, in an Open vSwitch of a test's own. */
final class OwnTables implements AutoCloseable {
  static final LsiId GRAPH = new LsiId(1);
  static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration IMPATIENCE = Duration.ofSeconds(2);

  final NetworkNamespace namespace =
      NetworkNamespace.create("ovsi" + ProcessHandle.current().pid() + "x" + System.nanoTime());
  final PrivateOpenVswitch ovs = PrivateOpenVswitch.in(namespace);
  final Names names = new Names("interrupted");
  private final Path socket = ovs.folder().resolve("node.sock");
  final Configuration configuration;
  final FlowTables flows;
  final Ports ports;
  final VirtualLink in;
  final VirtualLink out;

  OwnTables() {
    letReachDatabase();
    configuration = Configuration.open(socket, names, IMPATIENCE);
    flows = new FlowTables(configuration, names, ovs.folder(), IMPATIENCE);
    ports = namespace.call(() -> new Ports(configuration, flows, names));
    in = ports.connect(GRAPH, "in");
    out = ports.connect(GRAPH, "out");
  }

  /** Has a lost connection to the database come back, but for which it would not. */
  void letReachDatabase() {
    try {
      Files.createSymbolicLink(socket, ovs.socket());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void keepFromDatabase() {
    try {
      Files.delete(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rules of in-ports in both LSIs. */
  Map<LsiPort, List<SwitchRule>> both(String name, int inBase, int inGraph) {
    Map<LsiPort, List<SwitchRule>> both = new LinkedHashMap<>();
    both.put(in.base(), rules(name, inBase, out.base()));
    both.put(in.graph(), rules(name, inGraph, out.graph()));
    return both;
  }

  static List<SwitchRule> rules(String name, int count, LsiPort to) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new SwitchRule(
                    name + i, 1, MatchFields.ANY, RuleAction.outputs(List.of(to.number()))))
        .toList();
  }

  /** Starts a change and returns when the first bridge has its part, or has had it. */
  CompletableFuture<Void> begin(Map<LsiPort, List<SwitchRule>> change) {
    CompletableFuture<Void> done = CompletableFuture.runAsync(() -> flows.replace(change));
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () ->
                done.isDone()
                    || !datapath(LsiId.BASE).flows(Cookie.CHANGE.of(0), Cookie.KIND).isEmpty());
    return done;
  }

  /**
   * Until the switch has used that much more of a processor for a change, or the change is over.
   */
  void awaitWork(CompletableFuture<Void> change, Duration much) {
    Duration before = work();
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> change.isDone() || work().minus(before).compareTo(much) >= 0);
  }

  private Duration work() {
    return ovs.processes().getLast().info().totalCpuDuration().orElseThrow();
  }

  Datapath datapath(LsiId lsi) {
    return flows.connected(lsi).orElseThrow();
  }

  int slot(LsiPort in) {
    return held(in).map(Held::slot).orElse(0);
  }

  private Optional<Held> held(LsiPort in) {
    return Optional.ofNullable(Selections.of(datapath(in.lsi())).all().get(in.number()));
  }

  /** That these rules decide, and no change is under way. */
  void expect(LsiPort in, List<SwitchRule> rules) {
    Set<Long> wanted =
        rules.stream()
            .map(rule -> Cookie.RULE.of(RuleFlows.counter(rule.id())))
            .collect(Collectors.toSet());
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(deciding(in)).isEqualTo(wanted));
    assertThat(datapath(in.lsi()).flows(Cookie.CHANGE.of(0), Cookie.KIND)).isEmpty();
  }

  private Set<Long> deciding(LsiPort in) {
    int slot = slot(in);
    return datapath(in.lsi()).flows(Cookie.RULE.of(0), Cookie.KIND).stream()
        .filter(flow -> flow.table() == slot && isOf(flow, in))
        .map(FlowStats::cookie)
        .collect(Collectors.toSet());
  }

  private static boolean isOf(FlowStats flow, LsiPort in) {
    return flow.match().fields().stream()
        .anyMatch(
            tlv ->
                tlv instanceof OxmTlv.Field field
                    && field.oxm() == Oxm.IN_PORT
                    && field.value().low() == in.number());
  }

  @Override
  public void close() {
    try (ovs) {
      flows.close();
      ports.close();
      configuration.close();
    } finally {
      namespace.delete();
    }
  }
}
