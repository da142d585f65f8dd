package org.universalnode.bench.plot;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A run as its result says.
 *
 * @param figures by name, in the order in which they were measured
 */
record Recorded(Map<String, JsonObject> figures) {
  private static final OptionalDouble ONE = OptionalDouble.of(1);

  /** Of figures that are in several, the last one counts. */
  static Recorded read(List<String> results) {
    Map<String, JsonObject> figures = new LinkedHashMap<>();
    for (String result : results) {
      JsonObject whole = JsonParser.parseString(result).getAsJsonObject();
      for (JsonElement each : whole.getAsJsonArray("figures")) {
        JsonObject figure = each.getAsJsonObject();
        figures.put(figure.get("name").getAsString(), figure);
      }
    }
    return new Recorded(figures);
  }

  /** One of them as it was measured. */
  Optional<Bar> bar(String name) {
    return Optional.ofNullable(figures.get(name)).map(figure -> bar(name, figure));
  }

  String unit(String name) {
    JsonObject figure = figures.get(name);
    return figure == null ? "" : figure.get("unit").getAsString();
  }

  /** How much of its budget each uses that has one: more than 1 is too much. */
  List<Bar> shares() {
    List<Bar> shares = new ArrayList<>();
    figures.forEach(
        (name, figure) -> {
          if (limit(figure).orElse(0) > 0) {
            shares.add(share(name, figure));
          }
        });
    return shares;
  }

  private static Bar share(String name, JsonObject figure) {
    double limit = limit(figure).orElseThrow();
    boolean most = figure.has("at-most");
    double one = number(figure, "min");
    double other = number(figure, "max");
    double value = number(figure, "median");
    return most
        ? new Bar(name, value / limit, new Bar.Spread(one / limit, other / limit), ONE)
        : new Bar(name, limit / value, new Bar.Spread(limit / other, limit / one), ONE);
  }

  private static Bar bar(String name, JsonObject figure) {
    Bar.Spread spread = new Bar.Spread(number(figure, "min"), number(figure, "max"));
    return new Bar(name, number(figure, "median"), spread, limit(figure));
  }

  private static OptionalDouble limit(JsonObject figure) {
    for (String key : List.of("at-most", "at-least")) {
      if (figure.has(key)) {
        return OptionalDouble.of(number(figure, key));
      }
    }
    return OptionalDouble.empty();
  }

  private static double number(JsonObject figure, String key) {
    return figure.get(key).getAsDouble();
  }
}
