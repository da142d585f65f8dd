package org.universalnode.switching.openvswitch.ovsdb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One step of a transaction (RFC 7047 section 5.2). All steps happen at once, or none. */
public sealed interface Operation {

  /** No {@code where} selects all rows of a table. */
  List<Condition> EVERY_ROW = List.of();

  /** Columns that are not given get the schema's defaults. */
  record Insert(String table, Map<String, Value> row, Optional<String> name) implements Operation {
    public Insert {
      row = Map.copyOf(row);
    }

    public Insert(String table, Map<String, Value> row) {
      this(table, row, Optional.empty());
    }

    /** So that others of the transaction can refer to it by {@link Value#newRow}. */
    public Insert as(String newRow) {
      return new Insert(table, row, Optional.of(newRow));
    }
  }

  /** The id of a row is always read too. */
  record Select(String table, List<Condition> where, List<String> columns) implements Operation {
    public Select {
      where = List.copyOf(where);
      columns = List.copyOf(columns);
    }
  }

  record Update(String table, List<Condition> where, Map<String, Value> row) implements Operation {
    public Update {
      where = List.copyOf(where);
      row = Map.copyOf(row);
    }
  }

  record Mutate(String table, List<Condition> where, List<Mutation> mutations)
      implements Operation {
    public Mutate {
      where = List.copyOf(where);
      mutations = List.copyOf(mutations);
    }
  }

  record Delete(String table, List<Condition> where) implements Operation {
    public Delete {
      where = List.copyOf(where);
    }
  }

  /**
   * Holds the transaction until the selected rows are, or are not, those given: a guard.
   *
   * @param columns the columns that are compared
   * @param equal whether the rows shall be those given, or not
   * @param atMost how long, to the millisecond; 0 refuses at once. Others' transactions go on
   */
  record Wait(
      String table,
      List<Condition> where,
      List<String> columns,
      boolean equal,
      List<Map<String, Value>> rows,
      Duration atMost)
      implements Operation {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public Wait {
      where = List.copyOf(where);
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      if (atMost.isNegative() || atMost.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("a wait of " + atMost);
      }
    }

    /** Refuses the transaction if there is such a row. */
    public static Wait none(String table, Condition where) {
      return now(table, where, true);
    }

    /** Refuses the transaction unless there is such a row. */
    public static Wait some(String table, Condition where) {
      return now(table, where, false);
    }

    private static Wait now(String table, Condition where, boolean none) {
      return new Wait(
          table, List.of(where), List.of(where.column()), none, List.of(), Duration.ZERO);
    }
  }

  /** Goes into the database's file, for people. */
  record Comment(String text) implements Operation {}

  /** Refuses the transaction: what it would have done can be tried. */
  record Abort() implements Operation {}
}
