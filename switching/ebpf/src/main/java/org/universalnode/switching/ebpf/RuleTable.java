package org.universalnode.switching.ebpf;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.ebpf.PortTable.Slot;

/** The table of an in-port in the kernel, at one generation. */
final class RuleTable {
  private final int generation;
  private final Content content;
  private final Runnable head;
  private final Runnable undo;

  /**
   * What a table is made with.
   *
   * @param generation never used before, and the number of a store that is begun for it
   */
  record Making(DataPlane plane, int generation, RuleWriter writer) {}

  /** The rules, and where they are; a table that this process did not write has neither. */
  private record Content(TupleSpace space, Optional<RuleStore> store) {
    static final Content UNKNOWN = new Content(TupleSpace.NONE, Optional.empty());
  }

  private RuleTable(int generation, Content content, Runnable head, Runnable undo) {
    this.generation = generation;
    this.content = content;
    this.head = head;
    this.undo = undo;
  }

  /** The table of an in-port without rules. */
  static RuleTable none() {
    return new RuleTable(Slot.NO_RULES, Content.UNKNOWN, () -> {}, () -> {});
  }

  /** A table that an earlier process wrote; each of the entries removes one of its parts. */
  static RuleTable adopted(int generation, List<Runnable> entries) {
    Runnable all = () -> entries.forEach(Runnable::run);
    return new RuleTable(generation, Content.UNKNOWN, all, () -> {});
  }

  /** A table of its own, that no frame meets yet. On failure nothing of it is left. */
  static RuleTable write(Making making, List<SwitchRule> rules) {
    TupleSpace space = TupleSpace.of(rules);
    RuleStore store = new RuleStore(making.plane(), making.generation());
    try {
      return written(making, space, TupleSpace.NONE, store).orElseThrow();
    } catch (RuntimeException e) {
      store.remove();
      throw e;
    }
  }

  /**
   * The next generation of this table, that no frame meets yet: only what differs is written. On
   * failure all is as before.
   *
   * @return nothing if a table of its own has to be written
   */
  Optional<RuleTable> changed(Making making, List<SwitchRule> rules) {
    return content
        .store()
        .flatMap(
            store ->
                content
                    .space()
                    .changedTo(rules)
                    .flatMap(space -> written(making, space, content.space(), store)));
  }

  /** Whether it is time for a table of its own: most of what it has serves no rule any more. */
  boolean isWorn() {
    return content.store().filter(store -> store.isWornBy(content.space())).isPresent();
  }

  private static Optional<RuleTable> written(
      Making making, TupleSpace space, TupleSpace before, RuleStore store) {
    return store
        .change(making.generation(), before, space, making.writer())
        .map(undo -> headed(making, new Content(space, Optional.of(store)), undo));
  }

  private static RuleTable headed(Making making, Content content, Runnable undo) {
    try {
      int store = content.store().orElseThrow().number();
      TableHead.Generation number = new TableHead.Generation(making.generation(), store);
      TableHead head = TableHead.write(making.plane(), number, content.space(), making.writer());
      return new RuleTable(making.generation(), content, head::remove, undo);
    } catch (RuntimeException e) {
      undo.run();
      throw e;
    }
  }

  int generation() {
    return generation;
  }

  /** Where the rules are; empty if this process did not write them. */
  Optional<RuleStore> store() {
    return content.store();
  }

  /** Ids of the rules that ever decide. */
  Set<String> deciding() {
    Set<String> ids = new HashSet<>();
    content.space().otherwise().ifPresent(entry -> ids.add(entry.rule().id()));
    content
        .space()
        .tuples()
        .forEach(tuple -> tuple.entries().values().forEach(entry -> ids.add(entry.rule().id())));
    return ids;
  }

  /** It did not become valid. */
  void discard() {
    try {
      head.run();
    } finally {
      undo.run();
      content.store().filter(store -> store.number() == generation).ifPresent(RuleStore::remove);
    }
  }

  /** The successor has become valid, and no frame can meet this one any more. */
  void retire(RuleTable successor) {
    head.run();
    if (content.store().equals(successor.content.store())) {
      content.store().ifPresent(store -> store.settle(successor.generation));
    } else {
      content.store().ifPresent(RuleStore::remove);
    }
  }

  /** It is gone without successor, and no frame can meet it any more. */
  void remove() {
    head.run();
    content.store().ifPresent(RuleStore::remove);
  }
}
