package org.universalnode.bench.lab;

import java.util.List;

/**
 * What one node has and others don't.
 *
 * @param launcher a program with its arguments that becomes the node, such as {@code nsenter};
 *     empty for none
 * @param options of {@code un serve}
 */
public record NodeOwn(List<String> launcher, List<String> options) {
  static final NodeOwn NOTHING = new NodeOwn(List.of(), List.of());

  public NodeOwn {
    launcher = List.copyOf(launcher);
    options = List.copyOf(options);
  }
}
