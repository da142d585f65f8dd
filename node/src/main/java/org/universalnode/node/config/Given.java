package org.universalnode.node.config;

import java.util.List;

/**
 * What a setting is, and who said so.
 *
 * @param values one, or those of a list
 */
public record Given(List<String> values, Origin origin) {
  public Given {
    values = List.copyOf(values);
  }

  /** As it is shown: commas between the values of a list. */
  public String text() {
    return String.join(",", values);
  }
}
