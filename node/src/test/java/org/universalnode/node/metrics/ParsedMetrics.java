package org.universalnode.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenMetrics text, read back by the rules of the standard: families one after the other, samples
 * named after their family, no sample twice, and the end said.
 */
public final class ParsedMetrics {
  private static final String NAME = "[a-zA-Z_][a-zA-Z0-9_]*";
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{(.*)\\})? (-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?)");
  private static final Pattern LABEL =
      Pattern.compile("(" + NAME + ")=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Map<String, String> SUFFIXES =
      Map.of("gauge", "", "counter", "_total", "info", "_info");

  private final Map<String, Double> samples = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, String> units = new LinkedHashMap<>();
  private final Set<String> described = new HashSet<>();
  private String family = "";

  public static ParsedMetrics of(String text) {
    assertThat(text).endsWith("# EOF\n");
    ParsedMetrics parsed = new ParsedMetrics();
    String body = text.substring(0, text.length() - "# EOF\n".length());
    assertThat(body).doesNotContain("# EOF", "\r", "\n\n");
    body.lines().forEach(parsed::line);
    return parsed;
  }

  /** The value of the sample with exactly these labels, given as name, value, name, value... */
  public double value(String name, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    assertThat(samples).containsKey(name + wanted);
    return samples.getOrDefault(name + wanted, Double.NaN);
  }

  /** Name and labels of every sample, in order. */
  public List<String> samples() {
    return new ArrayList<>(samples.keySet());
  }

  String type(String name) {
    return types.getOrDefault(name, "");
  }

  String unit(String name) {
    return units.getOrDefault(name, "");
  }

  private void line(String line) {
    String[] words = line.split(" ", 4);
    if (line.startsWith("# TYPE ")) {
      family = words[2];
      assertThat(family).matches(NAME);
      assertThat(SUFFIXES).containsKey(words[3]);
      assertThat(types.put(family, words[3])).as(line).isNull();
    } else if (line.startsWith("# UNIT ")) {
      assertThat(words[2]).isEqualTo(family).endsWith("_" + words[3]);
      assertThat(units.put(family, words[3])).as(line).isNull();
    } else if (line.startsWith("# HELP ")) {
      assertThat(words[2]).isEqualTo(family);
      assertThat(words[3]).isNotBlank();
      assertThat(described.add(family)).as(line).isTrue();
    } else {
      sample(line);
    }
  }

  private void sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    String name = matcher.group(1);
    assertThat(name).isEqualTo(family + SUFFIXES.get(types.get(family)));
    Map<String, String> labels = matcher.group(2) == null ? Map.of() : labels(matcher.group(2));
    double value = Double.parseDouble(matcher.group(3));
    assertThat(samples.put(name + labels, value)).as(line).isNull();
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher matcher = LABEL.matcher(text);
    int end = 0;
    while (end < text.length()) {
      assertThat(matcher.find(end) && matcher.start() == end).as(text).isTrue();
      assertThat(labels.put(matcher.group(1), plain(matcher.group(2)))).as(text).isNull();
      end = matcher.end();
    }
    return labels;
  }

  private static String plain(String escaped) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char character = escaped.charAt(i);
      if (character == '\\') {
        i++;
        character = escaped.charAt(i) == 'n' ? '\n' : escaped.charAt(i);
      }
      text.append(character);
    }
    return text.toString();
  }
}
