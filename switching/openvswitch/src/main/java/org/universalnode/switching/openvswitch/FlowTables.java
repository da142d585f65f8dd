package org.universalnode.switching.openvswitch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.DatapathListener;
import org.universalnode.switching.openvswitch.openflow.FlowMod;

/**
 * The flows of all bridges of the node. A bridge that comes back without them gets them again; one
 * that has them keeps them, with what they counted.
 */
final class FlowTables implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FlowTables.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Between two attempts to tell a bridge what it should have. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Configuration configuration;
  private final HeldRules held = new HeldRules();
  private final Repetition restoring = new Repetition("flows of bridges", this::restore, PAUSE);
  private final Bridges bridges;
  private final Revalidation revalidation;
  private final Upkeep upkeep;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final AtomicReference<Runnable> loss = new AtomicReference<>(() -> {});

  FlowTables(Configuration configuration, Names names, Path folder) {
    this(configuration, names, folder, PATIENCE);
  }

  /**
   * Listens for the bridges.
   *
   * @param patience how long a bridge that has been made may take to connect
   */
  FlowTables(Configuration configuration, Names names, Path folder, Duration patience) {
    this.configuration = configuration;
    this.bridges = new Bridges(names, folder, patience, new Presence());
    this.revalidation = new Revalidation(folder, configuration::isUserspace);
    this.upkeep = new Upkeep(configuration, bridges, held, restoring::ask);
    configuration.tellOfReturn(restoring::ask);
    restoring.start();
  }

  /** Who shall be told from now on when a bridge has gone; it must be quick. */
  void tellOfLoss(Runnable who) {
    loss.set(who);
  }

  /** Whether no bridge is connected, as when ovs-vswitchd has ended. */
  boolean areAway() {
    return bridges.areAway(configuration.places());
  }

  private final class Presence implements DatapathListener {
    @Override
    public void connected(Datapath datapath) {
      restoring.ask();
    }

    @Override
    public void gone(Datapath datapath, Problem why) {
      loss.get().run();
    }
  }

  /** Takes over what is there. */
  synchronized void adopt() {
    configuration.places().forEach(upkeep::require);
  }

  Path controller() {
    return bridges.socket();
  }

  /** A number that a port shall have; whoever had it before may have gone without a word. */
  synchronized void vacate(BridgePort port) {
    port.place().lsi().ifPresent(lsi -> held.remove(new LsiPort(lsi, port.number())));
    Bridges.apply(upkeep.require(port.place()), Pipeline.removal(port.number()));
  }

  /** Makes a port of the database one that frames can use. */
  synchronized void add(BridgePort port) {
    Bridges.apply(upkeep.require(port.place()), Upkeep.flows(port));
  }

  /**
   * Removes all flows of a port, also its rules; a bridge that is away has none when it is back.
   */
  synchronized void remove(BridgePort port) {
    port.place().lsi().ifPresent(lsi -> held.remove(new LsiPort(lsi, port.number())));
    try {
      bridges
          .connected(port.place())
          .ifPresent(datapath -> Bridges.apply(datapath, Pipeline.removal(port.number())));
    } catch (ProblemException e) {
      upkeep.broken(port.place());
      upkeep.warn(port.place(), e);
    }
  }

  /** A bridge that is gone; one that is made again begins empty. */
  synchronized void forget(Place place) {
    bridges.letGo(place);
    upkeep.forget(place);
    held.forget(place);
  }

  synchronized Set<LsiPort> inPorts() {
    return held.inPorts();
  }

  /** The rules of an LSI whose ids are known, by their numbers. */
  synchronized Map<Long, String> rules(LsiId lsi) {
    return held.ids(lsi);
  }

  Optional<Datapath> connected(LsiId lsi) {
    return bridges.connected(Place.of(lsi));
  }

  synchronized void replace(Map<LsiPort, List<SwitchRule>> tables) {
    List<RuleFlows> wanted = different(tables);
    if (wanted.size() == 1) {
      alone(wanted.getFirst());
    } else if (!wanted.isEmpty()) {
      wanted.forEach(flows -> flows.in(Pipeline.SLOTS.getFirst())); // refuses before any change
      List<Place> lsis =
          configuration.places().stream().filter(place -> place.lsi().isPresent()).toList();
      new CommonChange(upkeep, held, this::awaitDataPath, wanted).run(lsis);
    }
    if (!wanted.isEmpty()) {
      awaitDataPath();
    }
  }

  /** Tables that are not as they were. */
  private List<RuleFlows> different(Map<LsiPort, List<SwitchRule>> tables) {
    Set<LsiPort> there =
        configuration.ports().stream()
            .filter(port -> port.place().lsi().isPresent())
            .map(BridgePort::port)
            .collect(Collectors.toUnmodifiableSet());
    List<RuleFlows> different = new ArrayList<>();
    tables.forEach(
        (in, rules) -> {
          RuleFlows flows = new RuleFlows(in, rules);
          held.recognise(flows);
          if (there.contains(in) ? flows.digest() != held.digest(in) : !rules.isEmpty()) {
            requireThere(in, there);
            different.add(flows);
          }
        });
    return different;
  }

  /** What frames meet is one bundle of one bridge: a frame meets all of it or nothing. */
  private void alone(RuleFlows flows) {
    Place place = Place.of(flows.in().lsi());
    Datapath datapath = upkeep.require(place);
    Swap swap = held.swap(flows, datapath);
    try {
      Optional<Swap.InPlace> inPlace = swap.inPlace();
      if (inPlace.isPresent()) {
        Bridges.apply(datapath, inPlace.get().changes(), flows.rules());
        held.put(swap.in(), inPlace.get().after());
      } else {
        intoFreeSlot(datapath, swap);
        held.keep(swap);
      }
    } catch (RuntimeException e) {
      upkeep.broken(place); // the switch may have done it without telling
      throw e;
    }
  }

  private static void intoFreeSlot(Datapath datapath, Swap swap) {
    List<FlowMod> filling = swap.filling();
    List<FlowMod> turning = new ArrayList<>(swap.turning());
    turning.addAll(swap.countersThatGo());
    List<SwitchRule> rules = swap.flows().rules();
    if (filling.size() + turning.size() <= Bridges.STEP) {
      List<FlowMod> all = new ArrayList<>(filling);
      all.addAll(turning);
      Bridges.apply(datapath, all, rules);
    } else {
      inSteps(datapath, swap);
    }
  }

  private static void inSteps(Datapath datapath, Swap swap) {
    try {
      Bridges.applyInSteps(datapath, swap.filling(), swap.flows().rules());
    } catch (RuntimeException e) {
      undo(datapath, swap, e);
      throw e;
    }
    Bridges.apply(datapath, swap.turning());
    Bridges.applyInSteps(datapath, swap.countersThatGo(), List.of());
  }

  private static void undo(Datapath datapath, Swap swap, RuntimeException cause) {
    try {
      Bridges.applyInSteps(datapath, swap.undoing(), List.of());
    } catch (RuntimeException e) {
      cause.addSuppressed(e); // a slot that nobody looks at, and that is emptied before its use
    }
  }

  /**
   * Looks through the flows of all bridges and makes them what they should be.
   *
   * @return the bridges that had others
   */
  Set<Place> mend() {
    Set<Place> mended = new HashSet<>();
    for (Place place : configuration.places()) {
      if (!mend(place)) {
        mended.add(place);
      }
    }
    if (!mended.isEmpty()) {
      awaitDataPath();
    }
    return mended;
  }

  private synchronized boolean mend(Place place) {
    return upkeep.mend(place);
  }

  /** Whether all bridges that are connected have what they should. */
  private boolean restore() {
    try {
      boolean all = true;
      for (Place place : configuration.places()) {
        all &= tend(place);
      }
      waiting.set(false);
      return all;
    } catch (ProblemException e) {
      if (waiting.compareAndSet(false, true)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "bridges that connect get their flows later: " + e.getMessage());
      }
      return false;
    }
  }

  private synchronized boolean tend(Place place) {
    return upkeep.tend(place);
  }

  private static void requireThere(LsiPort in, Set<LsiPort> there) {
    if (!there.contains(in)) {
      throw Problem.of(
              Problem.Code.UNKNOWN_REFERENCE, "there is no port " + in.number() + " of " + in.lsi())
          .next("make the port first")
          .asException();
    }
  }

  /** Waits until no frame meets anything of what was there before the last change. */
  synchronized void awaitDataPath() {
    if (upkeep.isAnyConnected()) {
      revalidation.await(upkeep::touch);
    }
  }

  @Override
  public void close() {
    restoring.close();
    bridges.close();
  }
}
