package org.universalnode.node.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.universalnode.node.deploy.GraphEntry.Moment;

/**
 * All graphs of the node. Different graphs change at the same time; changes of one graph wait for
 * each other, and readers wait for nobody.
 */
final class GraphTable {
  private final Map<String, GraphEntry> entries = new ConcurrentSkipListMap<>();
  private final GraphListener listener;
  private final Quotas quotas;

  /**
   * No graphs yet.
   *
   * @param listener hears what becomes of them
   * @param quotas is told what they use
   */
  GraphTable(GraphListener listener, Quotas quotas) {
    this.listener = listener;
    this.quotas = quotas;
  }

  Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    entries.forEach((id, entry) -> entry.moment().ifPresent(_ -> ids.add(id)));
    return ids;
  }

  Optional<GraphEntry> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  Optional<Moment> moment(String id) {
    return entry(id).flatMap(GraphEntry::moment);
  }

  List<Moment> moments() {
    return entries.values().stream().flatMap(entry -> entry.moment().stream()).toList();
  }

  /** A graph that is known from an earlier life of the node. */
  GraphEntry remember(String id) {
    GraphEntry entry = new GraphEntry(id, listener);
    entries.put(id, entry);
    return entry;
  }

  /** Does something with a graph that may be new, while nobody else changes it. */
  <T> T with(String id, Function<GraphEntry, T> work) {
    return exclusively(() -> entries.computeIfAbsent(id, _ -> new GraphEntry(id, listener)), work);
  }

  /** Does something with a graph; if there is none of that id, with an entry nobody else sees. */
  <T> T withKnown(String id, Function<GraphEntry, T> work) {
    return exclusively(() -> entries.getOrDefault(id, new GraphEntry(id, listener)), work);
  }

  /**
   * What was taken for the graph beyond what it is now goes back, and a graph that never came to be
   * leaves the table; under its lock.
   */
  void settle(GraphEntry entry) {
    if (entries.get(entry.id()) == entry) {
      entry.moment().map(Moment::desired).ifPresentOrElse(quotas::settle, () -> forget(entry));
    }
  }

  void forget(GraphEntry entry) {
    quotas.forget(entry.id());
    entry.leave();
    entries.remove(entry.id(), entry);
  }

  private <T> T exclusively(Supplier<GraphEntry> find, Function<GraphEntry, T> work) {
    while (true) {
      GraphEntry entry = find.get();
      entry.lock().lock();
      try {
        if (!entry.isGone()) {
          return work.apply(entry);
        }
      } finally {
        settle(entry);
        entry.lock().unlock();
      }
    }
  }
}
