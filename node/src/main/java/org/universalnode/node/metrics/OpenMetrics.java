package org.universalnode.node.metrics;

/**
 * Writes the text format of OpenMetrics 1.0. Families come one after the other, each with all its
 * samples.
 */
final class OpenMetrics {
  private final StringBuilder text = new StringBuilder();
  private String sample = "";

  /** Kinds of families, with what the names of their samples end with. */
  enum Family {
    GAUGE("gauge", ""),
    COUNTER("counter", "_total"),
    INFO("info", "_info");

    private final String word;
    private final String suffix;

    Family(String word, String suffix) {
      this.word = word;
      this.suffix = suffix;
    }
  }

  /** A label of a sample; the value may be any text. */
  record Label(String name, String value) {}

  /** Begins a family; the unit, if it has one, is the last part of its name. */
  OpenMetrics family(Family type, String name, String help) {
    sample = name + type.suffix;
    line("# TYPE " + name + " " + type.word);
    if (name.endsWith("_bytes") || name.endsWith("_seconds")) {
      line("# UNIT " + name + " " + name.substring(name.lastIndexOf('_') + 1));
    }
    line("# HELP " + name + " " + escaped(help));
    return this;
  }

  OpenMetrics sample(long value, Label... labels) {
    return sample(Long.toString(value), labels);
  }

  OpenMetrics sample(double value, Label... labels) {
    return sample(Double.toString(value), labels);
  }

  /** The whole text; nothing can be added to it. */
  String ended() {
    return text + "# EOF\n";
  }

  private OpenMetrics sample(String value, Label... labels) {
    text.append(sample);
    String separator = "{";
    for (Label label : labels) {
      text.append(separator).append(label.name()).append("=\"");
      text.append(escaped(label.value())).append('"');
      separator = ",";
    }
    text.append(labels.length > 0 ? "} " : " ").append(value).append('\n');
    return this;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
