package org.universalnode.switching.openvswitch.ovsdb;

/** A change of what a column holds that need not know it (RFC 7047 section 5.1). */
public record Mutation(String column, Mutator mutator, Value value) {

  /** Arithmetic on each number of the column, or on the column as a set or map. */
  public enum Mutator {
    ADD("+="),
    SUBTRACT("-="),
    MULTIPLY("*="),
    DIVIDE("/="),
    REMAINDER("%="),
    INSERT("insert"),
    DELETE("delete");

    final String sign;

    Mutator(String sign) {
      this.sign = sign;
    }
  }

  public static Mutation add(String column, long number) {
    return new Mutation(column, Mutator.ADD, Value.of(number));
  }

  /** Puts into a set or map; keys that a map has already keep their values. */
  public static Mutation insert(String column, Value members) {
    return new Mutation(column, Mutator.INSERT, members);
  }

  /** Takes out of a set or map; pairs go only if key and value fit. */
  public static Mutation delete(String column, Value members) {
    return new Mutation(column, Mutator.DELETE, members);
  }
}
