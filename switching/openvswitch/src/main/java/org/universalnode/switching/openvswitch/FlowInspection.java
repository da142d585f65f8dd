package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.universalnode.switching.openvswitch.openflow.Action;
import org.universalnode.switching.openvswitch.openflow.Datapath;
import org.universalnode.switching.openvswitch.openflow.FlowMod;
import org.universalnode.switching.openvswitch.openflow.FlowStats;
import org.universalnode.switching.openvswitch.openflow.Instruction;
import org.universalnode.switching.openvswitch.openflow.Match;
import org.universalnode.switching.openvswitch.openflow.NiciraAction;

/**
 * Compares the flows of a bridge with what it was told. All flows of a bridge are the driver's: one
 * that nobody asked for goes, but for those that flows of the driver's have learned.
 */
final class FlowInspection {
  private final Map<Key, FlowMod> missing = new HashMap<>();
  private final Set<Key> wanted = new HashSet<>();

  /** In tables and slots of these, what is there is another process's and not known. */
  private final Set<Integer> unknown;

  /** What two flows of a bridge never have in common. */
  private record Key(int table, int priority, Match match) {
    static Key of(FlowMod flow) {
      return new Key(flow.table(), flow.priority(), flow.match());
    }

    static Key of(FlowStats flow) {
      return new Key(flow.table(), flow.priority(), flow.match());
    }
  }

  /**
   * For one look.
   *
   * @param told what was asked for; of two for one key the later one counts
   * @param unknown in-ports whose rules are not known
   */
  FlowInspection(List<FlowMod> told, Set<Integer> unknown) {
    this.unknown = unknown;
    told.forEach(flow -> missing.put(Key.of(flow), flow));
    wanted.addAll(missing.keySet());
  }

  /** What makes the bridge have what it should; nothing if it has that. */
  List<FlowMod> changes(Datapath datapath) {
    List<FlowMod> changes = new ArrayList<>();
    for (FlowStats flow : datapath.flows(0, 0)) {
      Key key = Key.of(flow);
      FlowMod should = missing.get(key);
      if (should != null && isSame(should, flow)) {
        missing.remove(key);
      } else if (!wanted.contains(key) && !isLeftAlone(flow)) {
        changes.add(FlowMod.deleteStrict(key.table(), key.priority(), key.match()));
      }
    }
    changes.addAll(missing.values());
    return changes;
  }

  private static boolean isSame(FlowMod should, FlowStats is) {
    return hasCookie(is, should.options().cookie())
        && areSame(should.instructions(), is.instructions(), FlowInspection::isSame);
  }

  /** In-ports that have rules of one id share what counts them, and each has its cookie there. */
  private static boolean hasCookie(FlowStats is, long cookie) {
    long counter = Cookie.COUNTER.of(0);
    return is.cookie() == cookie
        || ((cookie & Cookie.KIND) == counter && (is.cookie() & Cookie.KIND) == counter);
  }

  private static boolean isSame(Instruction should, Instruction is) {
    if (should instanceof Instruction.ApplyActions(List<Action> wanted)
        && is instanceof Instruction.ApplyActions(List<Action> there)) {
      return areSame(wanted, there, FlowInspection::isSame);
    }
    return should.equals(is);
  }

  /** Open vSwitch calls some fields of copies by names of its own, which are not read. */
  private static boolean isSame(Action should, Action is) {
    return should.equals(is)
        || (should instanceof NiciraAction.Move && is instanceof Action.Unknown);
  }

  private static <T> boolean areSame(List<T> some, List<T> others, BiPredicate<T, T> isSame) {
    return some.size() == others.size()
        && IntStream.range(0, some.size()).allMatch(i -> isSame.test(some.get(i), others.get(i)));
  }

  private boolean isLeftAlone(FlowStats flow) {
    long kind = flow.cookie() & Cookie.KIND;
    return kind == Cookie.LEARNED.of(0)
        || (!unknown.isEmpty()
            && (kind == Cookie.RULE.of(0)
                || kind == Cookie.SELECTION.of(0)
                || kind == Cookie.COUNTER.of(0)));
  }
}
