package org.universalnode.nffg.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Place;

class PlacesTest {
  private static final List<String> SPACES = List.of("", "", " ", "\n", "\r\n", "\t ", "\n\n  ");

  /** What is written, and what key it is. */
  private static final List<List<String>> KEYS =
      List.of(
          List.of("a", "a"),
          List.of("\\u0061b", "ab"),
          List.of("~/", "~0~1"),
          List.of("\\/~\\\\", "~1~0\\"),
          List.of("\\\"}{][,", "\"}{][,"),
          List.of("ü€", "ü€"),
          List.of("😀", "😀"),
          List.of("\\ud83d\\uDE00\\n", "😀\n"),
          List.of("", ""));

  private static final List<String> WORDS =
      List.of("1", "-2.5e3", "true", "null", "\"\"", "\"a\\\\\"", "\"{[,]}: \\\"\"", "\"😀ü\"");

  /** Writes a document at random, and notes for every pointer where it is at that moment. */
  private static final class Writer {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Place> places = new LinkedHashMap<>();

    Writer(long seed) {
      random = new Random(seed);
    }

    void value(String pointer, int depth) {
      space();
      places.put(pointer, here());
      switch (depth == 0 ? 2 : random.nextInt(3)) {
        case 0 -> members(pointer, depth);
        case 1 -> items(pointer, depth);
        default -> text.append(any(WORDS));
      }
      space();
    }

    private void members(String pointer, int depth) {
      text.append('{');
      space();
      for (int i = random.nextInt(4), from = random.nextInt(KEYS.size()); i > 0; i--) {
        List<String> key = KEYS.get((from + i) % KEYS.size());
        space();
        text.append('"').append(key.getFirst()).append('"');
        space();
        text.append(':');
        value(pointer + "/" + key.getLast(), depth - 1);
        text.append(i > 1 ? "," : "");
      }
      text.append('}');
    }

    private void items(String pointer, int depth) {
      text.append('[');
      space();
      int count = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        value(pointer + "/" + i, depth - 1);
        text.append(i < count - 1 ? "," : "");
      }
      text.append(']');
    }

    private void space() {
      text.append(any(SPACES));
    }

    private Place here() {
      List<String> lines = List.of(text.toString().split("\n", -1));
      String last = lines.getLast();
      return new Place(lines.size(), 1 + last.codePointCount(0, last.length()));
    }

    private String any(List<String> choices) {
      return choices.get(random.nextInt(choices.size()));
    }
  }

  @Test
  void everyValueOfARandomDocumentIsFound() {
    long first = System.nanoTime();
    int values = 0;
    for (long seed = first; seed < first + 2_000; seed++) {
      Writer writer = new Writer(seed);
      writer.value("", 4);
      String text = writer.text.toString();
      JsonText.parse(text, JsonLimits.DOCUMENT);

      Places places = Places.of(writer.places.keySet(), text);

      for (Map.Entry<String, Place> value : writer.places.entrySet()) {
        assertThat(places.find(value.getKey()))
            .as("seed %d, %s in %s", seed, value.getKey(), text)
            .isEqualTo(value.getValue());
        values++;
      }
    }
    assertThat(values).isGreaterThan(5_000);
  }

  @Test
  void whatIsNotThereIsFoundAtWhatIsAroundIt() {
    String text = "{\"a\": [\n\t{\"b\": 1}]}";
    Places places = Places.of(Set.of("/a/0/c/d", "/a/7", "/x", "/a/0/b/c"), text);

    assertThat(places.find("/a/0/c/d")).isEqualTo(new Place(2, 2));
    assertThat(places.find("/a/7")).isEqualTo(new Place(1, 7));
    assertThat(places.find("/x")).isEqualTo(new Place(1, 1));
    assertThat(places.find("/a/0/b/c")).isEqualTo(new Place(2, 8));
  }

  @Test
  void ofAKeyWrittenTwiceTheFirstValueIsFound() {
    assertThat(Places.of(Set.of("/a"), "{\"a\":1,\n\"a\":2}").find("/a"))
        .isEqualTo(new Place(1, 6));
  }
}
