package org.universalnode.node.health;

/** What a look at a function showed. */
public sealed interface Finding {
  /** It is there and says that it is well, or has no way to say. */
  record Fine() implements Finding {}

  /**
   * It is there and says that it does not do its work: its peer may be away, or a cable. To be
   * started again would not help it. Once may be chance.
   */
  record Unwell(String reason) implements Finding {}

  /** It is there, but does not answer. Once may be chance. */
  record Doubtful(String reason) implements Finding {}

  /** Part of it is gone. */
  record Broken(String reason) implements Finding {}

  /** It is being changed at this moment, so that nothing can be said. */
  record Busy() implements Finding {}
}
