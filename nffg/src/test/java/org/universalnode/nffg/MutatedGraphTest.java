package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.universalnode.nffg.json.Checked;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;

/** Whatever is done to a document: it is refused with problems, or it reads without loss. */
class MutatedGraphTest {
  static final List<String> SAMPLES = List.of("firewall-nat.json", "bridge.json", "empty.json");
  private static final List<String> MUTATED =
      SampleGraphs.ACCEPTED.stream().filter(name -> !name.equals("empty.json")).toList();
  private static final int MUTANTS_OF_EACH = 64;
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
  void aMutantIsRefusedOrReadWithoutLoss(TestReporter report) {
    long seed = System.nanoTime();
    Map<Mutation, Integer> made = new EnumMap<>(Mutation.class);
    Map<Mutation, Integer> accepted = new EnumMap<>(Mutation.class);
    assertTimeout(
        Duration.ofSeconds(40),
        () -> {
          for (String name : MUTATED) {
            Random random = new Random(seed ^ name.hashCode());
            for (Mutation mutation : Mutation.values()) {
              for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                boolean good = mutantIsGood(name, mutation, random, seed);
                made.merge(mutation, 1, Integer::sum);
                accepted.merge(mutation, good ? 1 : 0, Integer::sum);
              }
            }
          }
        });
    String counts = "seed " + seed + ", mutants " + made + ", of which accepted " + accepted;
    report.publishEntry(counts);
    assertThat(made.values().stream().mapToInt(i -> i).sum()).as(counts).isGreaterThan(20_000);
    assertThat(accepted.get(Mutation.KEY_DOUBLED)).as(counts).isZero();
    assertThat(accepted.get(Mutation.COMMA_DROPPED)).as(counts).isZero();
    assertThat(accepted.get(Mutation.TEXT_CUT)).as(counts).isZero();
    assertThat(accepted.get(Mutation.VALUES_EXCHANGED)).as(counts).isPositive();
    assertThat(accepted.get(Mutation.DIGIT_CHANGED)).as(counts).isPositive();
  }

  private static boolean mutantIsGood(String name, Mutation mutation, Random random, long seed) {
    String text = mutation.of(SampleGraphs.text(name), random);
    try {
      return accepts(text);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          String.format("%s of %s, seed %d: %s", mutation, name, seed, text), e);
    }
  }

  /** Whether it reads, and then without loss. */
  private static boolean accepts(String text) {
    long start = System.nanoTime();
    Checked<ServiceGraph> checked = GraphReader.check(text);
    assertThat(System.nanoTime() - start).as("time of %s", text).isLessThan(2_000_000_000L);
    if (checked.value().isEmpty()) {
      assertThat(checked.errors()).as(text).isNotEmpty();
      assertThat(checked.errors()).as(text).allMatch(problem -> problem.place().isKnown());
      return false;
    }
    ServiceGraph graph = checked.value().get();
    String written = GraphWriter.write(graph);
    assertThat(checked.errors()).isEmpty();
    assertThat(DocumentLeaves.of(JsonParser.parseString(written)))
        .as(text)
        .isEqualTo(DocumentLeaves.of(JsonParser.parseString(text)));
    assertThat(GraphReader.read(written)).as(text).isEqualTo(graph);
    return true;
  }

  private static JsonElement parse(String text) {
    return JsonText.parse(text, JsonLimits.DOCUMENT);
  }
}
