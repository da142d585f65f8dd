package org.universalnode.node.deploy;

/**
 * Which graphs an operator means.
 *
 * @param text a graph's id, or how ids begin and a star: {@code tenant-1*}; or those of a group of
 *     users: {@code group:blue}
 */
record GraphPattern(String text) {
  static final String EVERY = "*";

  /** No graph's id begins like that, for it has a colon. */
  private static final String GROUP = "group:";

  /**
   * Whether it is meant.
   *
   * @param group of users that the graph belongs to; empty if to none
   */
  boolean matches(String graph, String group) {
    if (text.startsWith(GROUP)) {
      return text.equals(GROUP + group);
    }
    return text.endsWith(EVERY)
        ? graph.startsWith(text.substring(0, text.length() - EVERY.length()))
        : graph.equals(text);
  }
}
