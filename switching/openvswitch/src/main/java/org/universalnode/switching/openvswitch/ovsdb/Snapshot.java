package org.universalnode.switching.openvswitch.ovsdb;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The monitored tables between two transactions, never in the middle of one.
 *
 * @param tables rows by id, by table; a monitored table without rows may be absent
 */
public record Snapshot(Map<String, Map<UUID, Row>> tables) {
  static final Snapshot EMPTY = new Snapshot(Map.of());

  public Snapshot {
    tables = Map.copyOf(tables);
  }

  public Collection<Row> rows(String table) {
    return table(table).values();
  }

  public Optional<Row> row(String table, UUID id) {
    return Optional.ofNullable(table(table).get(id));
  }

  /** The rows whose column holds that value and nothing else. */
  public List<Row> rows(String table, String column, Value value) {
    return rows(table).stream().filter(row -> row.value(column).equals(value)).toList();
  }

  /** The rows whose map in that column has these pairs, such as a mark in external_ids. */
  public List<Row> bearing(String table, String column, Map<String, String> pairs) {
    return rows(table).stream()
        .filter(row -> row.map(column).entrySet().containsAll(pairs.entrySet()))
        .toList();
  }

  /** This picture after a change: by table and id the new row, or none if it is gone. */
  Snapshot with(Map<String, Map<UUID, Optional<Row>>> changes) {
    Map<String, Map<UUID, Row>> changed = new HashMap<>(tables);
    changes.forEach((table, rows) -> changed.put(table, with(table, rows)));
    return new Snapshot(changed);
  }

  private Map<UUID, Row> with(String table, Map<UUID, Optional<Row>> changes) {
    Map<UUID, Row> rows = new HashMap<>(table(table));
    changes.forEach(
        (id, row) -> row.ifPresentOrElse(now -> rows.put(id, now), () -> rows.remove(id)));
    return Collections.unmodifiableMap(rows);
  }

  private Map<UUID, Row> table(String table) {
    return tables.getOrDefault(table, Map.of());
  }
}
