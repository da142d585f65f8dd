package org.universalnode.switching.openvswitch;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.openvswitch.openflow.BundleOutcome;
import org.universalnode.switching.openvswitch.openflow.Controller;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.DatapathListener;
import org.universalnode.switching.openvswitch.openflow.FlowMod;
import org.universalnode.switching.openvswitch.openflow.Limits;

/** The node's bridges as OpenFlow shows them: they connect here, and again when they were away. */
final class Bridges implements AutoCloseable {
  /** More at once would keep the switch from everything else for seconds. */
  static final int STEP = 50_000;

  private static final Duration GONE_WITHIN = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

  private final Duration patience;
  private final Names names;
  private final Path socket;
  private final Controller controller;

  /**
   * Listens.
   *
   * @param patience how long a bridge that has been made may take to connect
   * @param listener is told of each bridge on a thread of its own
   */
  Bridges(Names names, Path folder, Duration patience, DatapathListener listener) {
    this.patience = patience;
    this.names = names;
    this.socket = folder.resolve(names.socket());
    this.controller = Controller.listen(UnixDomainSocketAddress.of(socket), Limits.USUAL, listener);
  }

  Path socket() {
    return socket;
  }

  Optional<Datapath> connected(Place place) {
    return controller.datapath(names.datapath(place));
  }

  /** Whether none of these is connected, as when ovs-vswitchd has ended. */
  boolean areAway(Collection<Place> places) {
    return places.stream().noneMatch(place -> connected(place).isPresent());
  }

  /** Ends the connection of a bridge that is gone, before another one of that place is made. */
  void letGo(Place place) {
    connected(place).ifPresent(Datapath::disconnect);
    long end = System.nanoTime() + GONE_WITHIN.toNanos();
    while (connected(place).isPresent() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /** Waits for the bridge, which has been made. */
  Datapath await(Place place) {
    try {
      return controller
          .await(names.datapath(place), patience)
          .orElseThrow(() -> away(place).asException());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away(place).asException();
    }
  }

  /** All of it or nothing; what the switch refuses is told of the rule that it is for. */
  static void apply(Datapath datapath, List<FlowMod> changes, List<SwitchRule> rules) {
    BundleOutcome outcome = datapath.apply(changes);
    if (outcome instanceof BundleOutcome.Refused(Problem problem, var refused)) {
      throw refused.stream()
          .flatMap(change -> rules.stream().flatMap(rule -> ofRule(change, rule).stream()))
          .findFirst()
          .orElseGet(problem::asException);
    }
    outcome.orThrow();
  }

  /** Of what no frame looks at yet: several bundles, if that is much. */
  static void applyInSteps(Datapath datapath, List<FlowMod> changes, List<SwitchRule> rules) {
    for (int from = 0; from < changes.size(); from += STEP) {
      apply(datapath, changes.subList(from, Math.min(from + STEP, changes.size())), rules);
    }
  }

  static void apply(Datapath datapath, List<FlowMod> changes) {
    apply(datapath, changes, List.of());
  }

  private static Optional<ProblemException> ofRule(
      BundleOutcome.RefusedChange refused, SwitchRule rule) {
    long cookie = Cookie.RULE.of(RuleFlows.counter(rule.id()));
    return refused.change().options().cookie() == cookie
        ? Optional.of(refused.code().problem("rule \"" + rule.id() + "\"").asException())
        : Optional.empty();
  }

  private Problem away(Place place) {
    return Problem.of(
            Problem.Code.TIMEOUT, "the bridge " + names.bridge(place) + " does not connect")
        .next("see that ovs-vswitchd runs");
  }

  @Override
  public void close() {
    controller.close();
  }
}
