package org.universalnode.node.deploy;

/**
 * Which graphs an operator means.
 *
 * @param text a graph's id, or how ids begin and a star
 */
record GraphPattern(String text) {
  static final String EVERY = "*";

  boolean matches(String graph) {
    return text.endsWith(EVERY)
        ? graph.startsWith(text.substring(0, text.length() - EVERY.length()))
        : graph.equals(text);
  }
}
