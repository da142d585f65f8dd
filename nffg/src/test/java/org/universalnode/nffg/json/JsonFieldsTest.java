package org.universalnode.nffg.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

class JsonFieldsTest {
  private final Problems problems = new Problems();

  @Test
  void membersComeBackTyped() {
    JsonFields fields =
        fields(
            "{\"s\":\"x\",\"i\":7,\"b\":true,\"a\":[1,2],\"o\":{\"k\":\"v\"},\"l\":[{\"n\":1}]}");

    assertThat(fields.requiredString("s")).isEqualTo("x");
    assertThat(fields.requiredInteger("i", 0, 7)).isEqualTo(7);
    assertThat(fields.bool("b")).contains(true);
    assertThat(fields.requiredArray("a")).hasSize(2);
    assertThat(fields.requiredObject("o").string("k")).isEqualTo("v");
    assertThat(fields.requiredObjects("l", 2).getFirst().pointer("n")).isEqualTo("/at/l/0/n");
    fields.rejectUnknown();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void absentMembersAreNoProblemUnlessRequired() {
    JsonFields fields = fields("{}");

    assertThat(fields.string("s")).isEmpty();
    assertThat(fields.integer("i", 0, 7)).isEmpty();
    assertThat(fields.bool("b")).isEmpty();
    assertThat(fields.array("a")).isEmpty();
    assertThat(fields.object("o")).isEmpty();
    assertThat(problems.isEmpty()).isTrue();

    assertThat(fields.requiredString("s")).isEmpty();
    assertThat(fields.requiredInteger("i", 3, 7)).isEqualTo(3);
    assertThat(fields.requiredObject("o").keys()).isEmpty();
    assertThat(pointers()).containsExactly("/at", "/at", "/at");
    assertThat(details()).allMatch(detail -> detail.endsWith("is missing"));
  }

  @Test
  void everyWrongTypeIsToldAtItsPlace() {
    JsonFields fields =
        fields("{\"s\":1,\"i\":\"1\",\"b\":0,\"a\":{},\"o\":[],\"l\":[1,{}],\"n\":null}");

    assertThat(fields.string("s")).isEmpty();
    assertThat(fields.integer("i", 0, 7)).isEqualTo(OptionalInt.empty());
    assertThat(fields.bool("b")).isEmpty();
    assertThat(fields.array("a")).isEmpty();
    assertThat(fields.object("o")).isEmpty();
    assertThat(fields.objects("l", 2)).hasSize(2);
    assertThat(fields.string("n")).isEmpty();
    assertThat(pointers())
        .containsExactly("/at/s", "/at/i", "/at/b", "/at/a", "/at/o", "/at/l/0", "/at/n");
    assertThat(details().getFirst()).isEqualTo("this must be a string, and it is the number 1");
  }

  @Test
  void anArrayThatIsTooLongIsNotRead() {
    JsonFields fields = fields("{\"l\":[{},{},{}]}");

    assertThat(fields.objects("l", 3)).hasSize(3);
    assertThat(problems.isEmpty()).isTrue();
    assertThat(fields.objects("l", 2)).isEmpty();
    assertThat(problems.found()).extracting(Problem::code).containsExactly(Code.LIMIT);
  }

  @Test
  void wholeNumbersAreNeitherRoundedNorSaturated() {
    JsonFields fields =
        fields("{\"a\":1.5,\"b\":4294967297,\"c\":1e3,\"d\":99999999999999999999999,\"e\":-1}");

    for (String key : fields.keys()) {
      assertThat(fields.integer(key, 0, Integer.MAX_VALUE)).as(key).isEmpty();
    }
    assertThat(pointers()).containsExactly("/at/a", "/at/b", "/at/c", "/at/d", "/at/e");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
    JsonFields fields = fields("{\"Prioritty\":1,\"zzz\":2,\"a/b\":3,\"name\":\"n\"}");
    fields.string("name");
    fields.integer("priority", 0, 9);

    fields.rejectUnknown();

    assertThat(pointers()).containsExactly("/at/Prioritty", "/at/zzz", "/at/a~1b");
    assertThat(problems.found())
        .extracting(Problem::nextStep)
        .first()
        .isEqualTo("did you mean \"priority\"?");
    assertThat(problems.found().get(1).nextStep()).isEqualTo("known here: name, priority");
  }

  @Test
  void aParserSaysWhatIsWrongAndTheViewSaysWhere() {
    JsonFields fields = fields("{\"good\":\"1\",\"bad\":\"x\"}");

    assertThat(fields.parsed("good", JsonFieldsTest::digit)).contains(1);
    assertThat(fields.parsed("bad", JsonFieldsTest::digit)).isEqualTo(Optional.empty());
    assertThat(fields.requiredParsed("gone", JsonFieldsTest::digit)).isEmpty();
    assertThat(pointers()).containsExactly("/at/bad", "/at");
  }

  @Test
  void whatIsNoObjectIsReadAsAnEmptyOneWithAProblem() {
    assertThat(fields("[1]").keys()).isEmpty();
    assertThat(details()).containsExactly("this must be an object, and it is an array");
  }

  @Test
  void aHundredProblemsAreListedAndTheRestCounted() {
    for (int i = 0; i < 150; i++) {
      problems.add(Problem.of(Code.INVALID_DOCUMENT, "p" + i));
    }

    assertThat(problems.found()).hasSize(101);
    assertThat(problems.found().getLast().detail()).isEqualTo("50 more problems are not listed");
  }

  private static Integer digit(String text) {
    if (!text.matches("\\d")) {
      throw Problem.of(Code.INVALID_DOCUMENT, "no digit").asException();
    }
    return Integer.valueOf(text);
  }

  private JsonFields fields(String text) {
    return JsonFields.of(JsonText.parse(text, JsonLimits.DOCUMENT), "/at", problems);
  }

  private List<String> pointers() {
    return problems.found().stream().map(Problem::pointer).toList();
  }

  private List<String> details() {
    return problems.found().stream().map(Problem::detail).toList();
  }
}
