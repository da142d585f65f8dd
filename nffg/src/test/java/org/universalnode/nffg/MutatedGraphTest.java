package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/** Whatever is done to a document: it is refused with problems, or it reads without loss. */
class MutatedGraphTest {
  static final List<String> SAMPLES = SampleGraphs.NAMES;
  private static final List<String> STRANGE =
      List.of("null", "true", "-1", "1e999", "\"\"", "\"x\"", "\"vnf:::\"", "[]", "{}", "[[]]");

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void aTextCutAnywhereIsRefused(String name) {
    String text = SampleGraphs.text(name).strip();
    for (int end = 0; end < text.length(); end++) {
      assertThat(accepts(text.substring(0, end))).as("cut at %d", end).isFalse();
    }
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void anyCharacterMayBeDroppedOrReplaced(String name) {
    String text = SampleGraphs.text(name);
    for (int at = 0; at < text.length(); at++) {
      StringBuilder dropped = new StringBuilder(text).deleteCharAt(at);
      accepts(dropped.toString());
      for (char other : new char[] {'"', '}', ',', '0', ':', '\\', '\0'}) {
        StringBuilder replaced = new StringBuilder(text);
        replaced.setCharAt(at, other);
        accepts(replaced.toString());
      }
    }
  }

  @Test
  void aKeyWrittenTwiceIsRefusedWhereverItStands() {
    String text = JsonText.compact(parse(SampleGraphs.text("firewall-nat.json")));
    Matcher key = Pattern.compile("[{,](\"[^\"]+\":)").matcher(text);
    int keys = 0;
    while (key.find()) {
      int at = key.start(1);
      String doubled = text.substring(0, at) + key.group(1) + "0," + text.substring(at);
      assertThat(accepts(doubled)).as(doubled).isFalse();
      keys++;
    }
    assertThat(keys).isGreaterThan(80);
  }

  @Test
  void anyValueMayBeAnother() {
    JsonElement document = parse(SampleGraphs.text("firewall-nat.json"));
    int values = JsonTrees.values(document).size();
    assertThat(values).isGreaterThan(100);
    for (int i = 0; i < values; i++) {
      for (String strange : STRANGE) {
        accepts(JsonText.compact(JsonTrees.replaced(document, i, parse(strange))));
      }
    }
  }

  @Test
  void severalValuesMayBeExchanged() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    JsonElement document = parse(SampleGraphs.text("firewall-nat.json"));
    List<JsonElement> values = JsonTrees.values(document);
    for (int round = 0; round < 3_000; round++) {
      JsonElement mutant = document;
      for (int i = 0; i <= random.nextInt(3); i++) {
        JsonElement other = values.get(1 + random.nextInt(values.size() - 1));
        int place = random.nextInt(JsonTrees.values(mutant).size());
        mutant = JsonTrees.replaced(mutant, place, other);
      }
      String text = JsonText.compact(mutant);
      assertThatCode(() -> accepts(text)).as("seed %d: %s", seed, text).doesNotThrowAnyException();
    }
  }

  /** Whether it reads; then also without loss. Any other exception fails the test. */
  private static boolean accepts(String text) {
    ServiceGraph graph;
    try {
      graph = GraphReader.read(text);
    } catch (ProblemException e) {
      assertThat(e.problems()).isNotEmpty();
      return false;
    }
    assertThat(GraphReader.read(GraphWriter.write(graph))).as(text).isEqualTo(graph);
    return true;
  }

  private static JsonElement parse(String text) {
    return JsonText.parse(text, JsonLimits.DOCUMENT);
  }
}
