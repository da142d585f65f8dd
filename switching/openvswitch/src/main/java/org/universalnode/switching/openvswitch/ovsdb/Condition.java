package org.universalnode.switching.openvswitch.ovsdb;

import java.util.Map;
import java.util.UUID;

/** Selects rows by a column (RFC 7047 section 5.1); rows must fulfil all conditions of a list. */
public record Condition(String column, Function function, Value value) {

  /** How the column relates to the value. */
  public enum Function {
    LESS("<"),
    AT_MOST("<="),
    EQUAL("=="),
    DIFFERENT("!="),
    AT_LEAST(">="),
    GREATER(">"),
    INCLUDES("includes"),
    EXCLUDES("excludes");

    final String sign;

    Function(String sign) {
      this.sign = sign;
    }
  }

  public static Condition is(UUID row) {
    return new Condition(Row.ID, Function.EQUAL, Value.of(row));
  }

  public static Condition equal(String column, String text) {
    return new Condition(column, Function.EQUAL, Value.of(text));
  }

  /** The map in that column has these pairs, and perhaps others. */
  public static Condition includes(String column, Map<String, String> pairs) {
    return new Condition(column, Function.INCLUDES, Value.map(pairs));
  }
}
