package org.universalnode.switching.openvswitch.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

class ValueTest {
  private static final UUID ID = UUID.fromString("36bef046-7da7-43a5-905a-c17899216fcb");

  @Test
  void everyKindOfAtomIsWrittenAsTheProtocolHasIt() {
    assertThat(text(Value.of("a\"b"))).isEqualTo("\"a\\\"b\"");
    assertThat(text(Value.of(-5))).isEqualTo("-5");
    assertThat(text(Value.of(new Atom.Real(0.5)))).isEqualTo("0.5");
    assertThat(text(Value.of(true))).isEqualTo("true");
    assertThat(text(Value.of(ID))).isEqualTo("[\"uuid\",\"" + ID + "\"]");
    assertThat(text(Value.newRow("br"))).isEqualTo("[\"named-uuid\",\"br\"]");
  }

  @Test
  void setsAndMapsAreTagged() {
    assertThat(text(Value.NONE)).isEqualTo("[\"set\",[]]");
    assertThat(text(Value.of(new Atom.Whole(1), new Atom.Whole(2)))).isEqualTo("[\"set\",[1,2]]");
    assertThat(text(Value.map(Map.of("k", "v")))).isEqualTo("[\"map\",[[\"k\",\"v\"]]]");
    assertThat(text(Value.map(Map.of()))).isEqualTo("[\"map\",[]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7            | ["set",[7]]
          "x"          | ["set",["x"]]
          ["set",[1,2]]| ["set",[2,1]]
          ["map",[[1,2],[3,4]]] | ["map",[[3,4],[1,2]]]
          """)
  void whatMeansTheSameIsEqual(String one, String other) {
    assertThat(read(one)).isEqualTo(read(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "[1,2]",
        "[\"uuid\",5]",
        "[\"uuid\",\"no\"]",
        "[\"named-uuid\",\"x\"]",
        "[\"set\",5]",
        "[\"set\",[[\"set\",[]]]]",
        "[\"map\",[[1]]]",
        "[\"map\",[1]]",
        "[\"map\",[[1,2,3]]]",
        "[\"other\",[]]",
        "99999999999999999999",
        "\"\\u0000\""
      })
  void whatTheServerMayNotSendIsRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(ProblemException.class);
  }

  @Test
  void everyValueIsReadAsItWasWritten() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Value value = random(random);
      assertThat(read(text(value))).as("seed %d, case %d", seed, i).isEqualTo(value);
    }
  }

  @Test
  void aRowGivesEachColumnAsItsTypeAndRefusesOthers() {
    Row row =
        new Row(
            ID,
            Map.of(
                "name", Value.of("br0"),
                "port", Value.NONE,
                "ports", Value.of(ID),
                "ids", Value.map(Map.of("a", "b")),
                "many", Value.of(new Atom.Whole(1), new Atom.Whole(2))));
    assertThat(row.text("name")).isEqualTo("br0");
    assertThat(row.whole("port")).isEmpty();
    assertThat(row.ids("ports")).containsExactly(ID);
    assertThat(row.map("ids")).containsExactly(Map.entry("a", "b"));
    assertThatThrownBy(() -> row.whole("name"))
        .hasMessageContaining("name")
        .hasMessageContaining("br0");
    assertThatThrownBy(() -> row.whole("many")).hasMessageContaining("2 values");
    assertThatThrownBy(() -> row.map("name")).hasMessageContaining("no map");
    assertThatThrownBy(() -> row.text("ids")).hasMessageContaining("a map");
    assertThatThrownBy(() -> row.text("port")).hasMessageContaining("holds nothing");
    assertThatThrownBy(() -> row.text("other")).hasMessageContaining("not asked for");
  }

  private static Value random(Random random) {
    if (random.nextInt(3) == 0) {
      Map<Atom, Atom> pairs = new LinkedHashMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        pairs.put(atom(random), atom(random));
      }
      return new Value.Pairs(pairs);
    }
    List<Atom> atoms = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      atoms.add(atom(random));
    }
    return Value.set(atoms);
  }

  private static Atom atom(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Atom.Whole(random.nextLong());
      case 1 -> new Atom.Real(random.nextDouble() + 0.25);
      case 2 -> new Atom.Truth(random.nextBoolean());
      case 3 -> new Atom.RowId(new UUID(random.nextLong(), random.nextLong()));
      default ->
          new Atom.Text(
              random
                  .ints(random.nextInt(6), 1, 0xd800)
                  .collect(
                      StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                  .toString());
    };
  }

  private static Value read(String json) {
    JsonElement tree = JsonText.parse(json, JsonLimits.DOCUMENT);
    return Decoder.value(tree);
  }

  private static String text(Value value) {
    return JsonText.compact(Encoder.value(value));
  }
}
