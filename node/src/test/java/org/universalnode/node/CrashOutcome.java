package org.universalnode.node;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.node.NumberedStream.Count;

/**
 * What became of a node whose process ended in the middle of something, once it had come back.
 *
 * @param leaked what is there and should not be
 * @param duplicates how many things are there twice
 * @param broken why the graphs are not what they should be
 * @param restarted functions that should have gone on
 * @param traffic of untouched flows, from before the operation until after the recovery
 */
record CrashOutcome(
    String point,
    List<String> leaked,
    int duplicates,
    List<String> broken,
    List<String> restarted,
    Count traffic) {

  CrashOutcome(
      String point,
      List<String> leaked,
      int duplicates,
      List<String> broken,
      List<String> restarted) {
    this(point, leaked, duplicates, broken, restarted, new Count(0, 0));
  }

  CrashOutcome {
    leaked = List.copyOf(leaked);
    broken = List.copyOf(broken);
    restarted = List.copyOf(restarted);
  }

  CrashOutcome plus(Count more) {
    Count all = new Count(traffic.sent() + more.sent(), traffic.lost() + more.lost());
    return new CrashOutcome(point, leaked, duplicates, broken, restarted, all);
  }

  /** What is wrong with it; nothing, if nothing is. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    leaked.forEach(line -> faults.add(point + ": leaked: " + line));
    broken.forEach(line -> faults.add(point + ": " + line));
    restarted.forEach(line -> faults.add(point + ": restarted: " + line));
    if (duplicates > 0) {
      faults.add(point + ": " + duplicates + " things are there twice");
    }
    if (traffic.lost() > 0) {
      faults.add(point + ": " + traffic.lost() + " packets lost");
    }
    return faults;
  }
}
