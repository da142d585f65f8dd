package org.universalnode.bench.harness;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import org.universalnode.problem.Problem;

/** A whole run as JSON, for those who compare runs. */
public final class ResultDocument {
  private ResultDocument() {}

  public static JsonObject of(Machine machine, List<Outcome> outcomes) {
    JsonArray figures = new JsonArray();
    JsonArray problems = new JsonArray();
    for (Outcome outcome : outcomes) {
      outcome.measured().stream().map(ResultDocument::figure).forEach(figures::add);
      outcome.problems().stream().map(Problem::toString).forEach(problems::add);
    }
    JsonObject document = new JsonObject();
    document.add("machine", machine(machine));
    document.add("figures", figures);
    document.add("problems", problems);
    return document;
  }

  private static JsonObject machine(Machine machine) {
    JsonObject body = new JsonObject();
    body.addProperty("cpu", machine.cpu());
    body.addProperty("cores", machine.cores());
    body.addProperty("kernel", machine.kernel());
    body.addProperty("java", machine.java());
    body.addProperty("memory-mb", machine.memoryMegabytes());
    body.addProperty("load", machine.load());
    body.addProperty("commit", machine.commit());
    body.addProperty("date", machine.date().toString());
    return body;
  }

  private static JsonObject figure(Measurement measurement) {
    Figure figure = measurement.figure();
    Samples samples = measurement.samples();
    JsonObject body = new JsonObject();
    body.addProperty("name", figure.name());
    body.addProperty("kind", figure.kind().name().toLowerCase(Locale.ROOT));
    body.addProperty("unit", figure.unit());
    body.addProperty("median", measurement.value());
    body.addProperty("min", samples.min());
    body.addProperty("max", samples.max());
    switch (figure.budget()) {
      case Budget.AtMost(double limit, double _) -> body.addProperty("at-most", limit);
      case Budget.AtLeast(double limit, double _) -> body.addProperty("at-least", limit);
      case Budget.None() -> {}
    }
    body.addProperty("verdict", measurement.verdict().word());
    JsonArray values = new JsonArray();
    samples.values().forEach(values::add);
    body.add("samples", values);
    return body;
  }
}
