package org.universalnode.bench.traffic;

import java.util.HashMap;
import java.util.Map;

/** A line of names, each with a number behind it, as the generator prints it. */
record Numbers(Map<String, Double> values) {

  Numbers {
    values = Map.copyOf(values);
  }

  static Numbers parse(String line) {
    String[] words = line.strip().split(" ", -1);
    Map<String, Double> found = new HashMap<>();
    for (int i = 0; i + 1 < words.length; i += 2) {
      found.put(words[i], Double.valueOf(words[i + 1]));
    }
    return new Numbers(found);
  }

  double of(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the generator does not tell " + name + ": " + values);
    }
    return value;
  }

  long count(String name) {
    return (long) of(name);
  }
}
