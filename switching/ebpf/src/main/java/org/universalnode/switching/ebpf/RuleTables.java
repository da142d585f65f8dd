package org.universalnode.switching.ebpf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.universalnode.linux.Errno;
import org.universalnode.linux.GracePeriod;
import org.universalnode.linux.KernelException;
import org.universalnode.problem.Problem;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.ebpf.PortTable.Slot;

/**
 * The rules in the kernel. A change is written beside what is valid: each in-port has a few slots
 * for versions of its rules. When all is written, the version of the switch is raised, by which
 * every in-port of the change has its new rules at the same moment; the old ones go when no frame
 * can be looking at them any more.
 */
final class RuleTables {
  private final DataPlane plane;
  private final PortTable ports;
  private final RuleCounters counters;
  private final GracePeriod grace;

  /** What is valid of each in-port, as far as this process wrote it or found it. */
  private final Map<LsiPort, Valid> valid = new HashMap<>();

  /** Slots that a frame may still be looking at, and what passes when none is. */
  private final Map<LsiPort, Map<Integer, CountDownLatch>> leaving = new HashMap<>();

  private final Numbers numbers = new Numbers();

  /** Never used again, so that a late removal of old rules can't meet new ones of the same key. */
  private int lastGeneration;

  private int version;

  /**
   * The rules of an in-port.
   *
   * @param slot where the port has them
   * @param counters numbers of the rules' counters, by rule id, as far as that is known
   * @param counted the numbers of all of them
   * @param content the rules themselves; empty if an earlier process wrote them
   */
  private record Valid(
      int slot,
      RuleTable table,
      Map<String, Integer> counters,
      Set<Integer> counted,
      Optional<List<SwitchRule>> content) {}

  /** What belongs to one change, until it is valid. */
  private record Written(LsiPort in, Valid valid) {}

  private final class Numbers implements RuleWriter.Numbers {
    private int lastProgram;
    private Map<String, Integer> given = new HashMap<>();
    private LsiId lsi = LsiId.BASE;

    @Override
    public int applyAsInt(SwitchRule rule) {
      return given.computeIfAbsent(rule.id(), id -> counters.of(lsi, id));
    }

    @Override
    public int nextProgram() {
      return ++lastProgram;
    }
  }

  /** Takes over the rules of the in-ports that are there. */
  RuleTables(DataPlane plane, PortTable ports, GracePeriod grace, Set<LsiPort> present) {
    this.plane = plane;
    this.ports = ports;
    this.grace = grace;
    this.counters = new RuleCounters(plane);
    this.version = plane.version.get(plane.version.key()).orElseThrow().getInt(0);
    Adoption found = Adoption.of(plane, ports, version, present);
    found
        .tables()
        .forEach(
            (in, table) -> {
              Set<Integer> counted = table.counters();
              counters.use(counted);
              valid.put(
                  in, new Valid(table.slot(), table.table(), Map.of(), counted, Optional.empty()));
            });
    counters.discardUnused();
    this.lastGeneration = found.lastGeneration();
    this.numbers.lastProgram = found.lastProgram();
  }

  /**
   * Replaces the tables of these in-ports at one moment, where they differ from what is valid. On
   * failure all stay as they are.
   */
  synchronized void replace(Map<LsiPort, List<SwitchRule>> wanted) {
    List<Written> written = new ArrayList<>();
    try {
      wanted.forEach(
          (in, rules) -> {
            if (isChange(in, rules)) {
              written.add(write(in, rules));
            }
          });
      written.forEach(this::announce);
      if (!written.isEmpty()) {
        raiseVersion();
      }
    } catch (RuntimeException e) {
      written.forEach(each -> takeBack(each, e));
      counters.discard(numbers.given.values());
      throw full(e);
    }
    written.forEach(this::retireOld);
  }

  /** A number that is not that LSI's any more must not be written to: it may be another's. */
  private boolean isChange(LsiPort in, List<SwitchRule> rules) {
    if (!ports.has(in)) {
      if (rules.isEmpty()) {
        return false;
      }
      throw new IllegalStateException(in + " is gone");
    }
    Valid now = valid.get(in);
    return now == null ? !rules.isEmpty() : !now.content().equals(Optional.of(rules));
  }

  /** Lets go of a port that is gone, whatever rules it has. */
  synchronized void forget(LsiPort in) {
    Valid old = valid.remove(in);
    leaving.remove(in);
    if (old != null) {
      grace.afterwards(() -> remove(old));
    }
  }

  synchronized void removeAll(LsiId lsi) {
    Map<LsiPort, List<SwitchRule>> none = new HashMap<>();
    valid.keySet().stream()
        .filter(in -> in.lsi().equals(lsi))
        .forEach(in -> none.put(in, List.of()));
    replace(none);
  }

  /** In-ports that have rules. */
  synchronized Set<LsiPort> inPorts() {
    Set<LsiPort> found = new HashSet<>();
    valid.forEach(
        (in, rules) -> {
          if (rules.table().generation() != Slot.NO_RULES) {
            found.add(in);
          }
        });
    return found;
  }

  /** Rules of an LSI by id, with the number of their counter. */
  synchronized Map<String, Integer> counterNumbers(LsiId lsi) {
    Map<String, Integer> found = new HashMap<>();
    valid.forEach(
        (in, rules) -> {
          if (in.lsi().equals(lsi)) {
            found.putAll(rules.counters());
          }
        });
    return found;
  }

  /**
   * Writes rules again that are not in the kernel as they were written.
   *
   * @return whose they are
   */
  synchronized Set<LsiId> mend() {
    Map<RuleStore, LsiId> stores = new HashMap<>();
    valid.forEach((in, rules) -> rules.table().store().ifPresent(s -> stores.put(s, in.lsi())));
    Set<LsiId> mended = new HashSet<>();
    for (RuleStore store : new RuleInspection(plane, stores.keySet()).wrong()) {
      store.rewrite();
      mended.add(Objects.requireNonNull(stores.get(store)));
    }
    return mended;
  }

  /** Whose table that is, if it is valid. */
  synchronized Optional<LsiId> owner(int generation) {
    return valid.entrySet().stream()
        .filter(entry -> entry.getValue().table().generation() == generation)
        .map(entry -> entry.getKey().lsi())
        .findFirst();
  }

  private Written write(LsiPort in, List<SwitchRule> rules) {
    Optional<Valid> now = Optional.ofNullable(valid.get(in));
    numbers.lsi = in.lsi();
    numbers.given = new HashMap<>(now.map(Valid::counters).orElse(Map.of()));
    int slot = freeSlot(in);
    RuleTable table = rules.isEmpty() ? RuleTable.none() : table(now.map(Valid::table), rules);
    numbers.given.keySet().retainAll(table.deciding());
    Map<String, Integer> named = Map.copyOf(numbers.given);
    Set<Integer> counted = Set.copyOf(named.values());
    return new Written(in, new Valid(slot, table, named, counted, Optional.of(rules)));
  }

  private RuleTable table(Optional<RuleTable> now, List<SwitchRule> rules) {
    RuleTable.Making making =
        new RuleTable.Making(plane, ++lastGeneration, new RuleWriter(plane, numbers));
    Optional<RuleTable> shared =
        now.filter(table -> !table.isWorn()).flatMap(table -> table.changed(making, rules));
    return shared.orElseGet(() -> write(making, now, rules));
  }

  /** Where there is no room for a table beside the worn one, that one has to serve on. */
  private static RuleTable write(
      RuleTable.Making making, Optional<RuleTable> now, List<SwitchRule> rules) {
    try {
      return RuleTable.write(making, rules);
    } catch (KernelException e) {
      return now.flatMap(table -> table.changed(making, rules)).orElseThrow(() -> e);
    }
  }

  /** Waits, should an in-port change so often that frames may still be looking at all its slots. */
  private int freeSlot(LsiPort in) {
    int next = valid.containsKey(in) ? (valid.get(in).slot() + 1) % PortTable.SLOTS : 0;
    CountDownLatch quiet = leaving.getOrDefault(in, Map.of()).get(next);
    if (quiet != null) {
      Interruptions.await(quiet);
    }
    return next;
  }

  /** Until the version is raised, no walk is so new that it would take it. */
  private void announce(Written written) {
    Slot slot = new Slot(version + 1, written.valid().table().generation());
    ports.put(written.in().number(), written.valid().slot(), slot);
  }

  private void raiseVersion() {
    plane.version.put(plane.version.key(), plane.version.value().putInt(version + 1));
    version++;
  }

  private void takeBack(Written written, RuntimeException cause) {
    try {
      ports.put(written.in().number(), written.valid().slot(), Slot.UNUSED);
      written.valid().table().discard();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
    counters.discard(written.valid().counted());
  }

  private void retireOld(Written written) {
    Valid old = valid.put(written.in(), written.valid());
    counters.use(written.valid().counted());
    if (old != null) {
      CountDownLatch quiet = new CountDownLatch(1);
      leaving.computeIfAbsent(written.in(), _ -> new HashMap<>()).put(old.slot(), quiet);
      grace.afterwards(
          () -> {
            quiet.countDown();
            old.table().retire(written.valid().table());
            counters.release(old.counted());
          });
    }
  }

  private void remove(Valid old) {
    old.table().remove();
    counters.release(old.counted());
  }

  private static RuntimeException full(RuntimeException e) {
    if (e instanceof KernelException kernel && kernel.errno() == Errno.E2BIG) {
      return Problem.of(Problem.Code.LIMIT, "the switch has no room for more rules")
          .next("delete graphs or rules")
          .asException();
    }
    return e;
  }
}
