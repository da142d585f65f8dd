package org.universalnode.nffg.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class JsonDocumentTest {

  @Test
  void aGoodDocumentIsItsValueAndItsWarnings() {
    Checked<String> checked =
        read(
            "{\n  \"name\": \"x\"}",
            fields -> {
              fields.warning("name", "short", "");
              return fields.string("name");
            });

    assertThat(checked.value()).contains("x");
    assertThat(checked.orThrow()).isEqualTo("x");
    assertThat(checked.errors()).isEmpty();
    assertThat(checked.errorCount()).isZero();
    assertThat(checked.warnings())
        .extracting(Problem::toString)
        .containsExactly("/name: line 2, column 11: short");
  }

  @Test
  void duplicateKeysAndWhatTheReaderFindsAreToldTogether() {
    Checked<String> checked =
        read("{\"name\":7,\n \"name\":8,\n \"nam\":9}", JsonDocumentTest::name);

    assertThat(checked.value()).isEmpty();
    assertThat(checked.errors())
        .extracting(Problem::toString)
        .containsExactly(
            "/name: line 2, column 8: the key \"name\" stands here twice",
            "/name: line 1, column 9: this must be a string, and it is the number 7"
                + " (write it in quotes)",
            "/nam: line 3, column 8: the key \"nam\" is unknown here (did you mean \"name\"?)");
    assertThatThrownBy(checked::orThrow)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problems()).isEqualTo(checked.errors()));
  }

  /** The place is where the reader stood: at what it could not take, or just behind. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{'name' 'x'}` | 1 | 10 | /name | Expected ':'",
        "`{'name':'x'` | 1 | 12 |  | the text ends before the document does",
        "`{'name':'x','b':[1,2` | 1 | 21 | /b | the text ends before the document does",
        "`{'name':'x` | 1 | 11 | /name | Unterminated string",
        "`{'name':'\\x'}` | 1 | 12 | /name | Invalid escape sequence",
        "`{'name':tru}` | 1 | 9 | /name | this is not JSON",
        "`{name:'x'}` | 1 | 3 |  | this is not JSON",
        "`{'name':'x',}` | 1 | 14 |  | Expected name",
        "`{'name':01}` | 1 | 9 | /name | this is not JSON",
        "`{'name':[1,]}` | 1 | 13 | /name | this is not JSON",
        "`{'name':'x'} {}` | 1 | 15 |  | there is more text after the end",
        "`{'name':'x'};` | 1 | 14 |  | there is more text after the end",
        "`{'name':'x'¶ ¶ 'b':1}` | 3 | 3 |  | Unterminated object",
        "`{'name':'x'§¶'b':1}` | 2 | 2 |  | Unterminated object",
        "`{'name':'a¶b'}` | 1 | 10 | /name | Unescaped control characters",
        "`// comment¶{}` | 1 | 2 |  | this is not JSON"
      })
  void anErrorOfSyntaxIsToldAloneWithLineAndColumn(
      String text, int line, int column, @Nullable String pointer, String message) {
    String document = text.replace('\'', '"').replace('¶', '\n').replace('§', '\r');

    Checked<String> checked = read(document, JsonDocumentTest::name);

    assertThat(checked.errors()).hasSize(1);
    Problem problem = checked.errors().getFirst();
    assertThat(problem.detail()).startsWith(message).doesNotContain("JsonReader");
    assertThat(problem.pointer()).isEqualTo(pointer == null ? "" : pointer);
    assertThat(problem.place()).isEqualTo(new Place(line, column));
    assertThat(problem.code()).isEqualTo(Code.INVALID_DOCUMENT);
  }

  @Test
  void limitsAreToldWithTheirPlace() {
    assertThat(read("[".repeat(33), JsonDocumentTest::name).errors())
        .extracting(Problem::code, Problem::place)
        .containsExactly(tuple(Code.LIMIT, new Place(1, 34)));
    Checked<String> many = read("[" + "1,".repeat(300_000) + "1]", JsonDocumentTest::name);
    assertThat(many.errors()).extracting(Problem::code).containsExactly(Code.LIMIT);
    assertThat(many.errors().getFirst().place().isKnown()).isTrue();
  }

  @Test
  void aHundredErrorsAreListedAndAllAreCounted() {
    String keys =
        IntStream.range(0, 150)
            .mapToObj(i -> "\n\"k" + i + "\":0")
            .collect(Collectors.joining(","));

    Checked<String> checked = read("{\"name\":\"x\"," + keys + "}", JsonDocumentTest::name);

    assertThat(checked.errorCount()).isEqualTo(150);
    assertThat(checked.errors()).hasSize(101);
    assertThat(checked.errors().get(99).place().line()).isEqualTo(101);
    assertThat(checked.errors().getLast().detail()).isEqualTo("50 more problems are not listed");
  }

  @Test
  void manyErrorsInALongDocumentAreToldSoon() {
    String object = "{\"id\":7},";
    String text =
        "{\"name\":\"" + "x".repeat(1 << 19) + "\",\"list\":[" + object.repeat(20_000) + "{}]}";

    Checked<String> checked =
        assertTimeout(
            Duration.ofSeconds(10),
            () ->
                read(
                    text,
                    fields -> {
                      fields.objects("list").forEach(item -> item.string("id"));
                      return fields.string("name");
                    }));

    assertThat(checked.errorCount()).isEqualTo(20_000);
    assertThat(checked.errors().getFirst().place())
        .isEqualTo(new Place(1, text.indexOf(":7}") + 2));
  }

  private static String name(JsonFields fields) {
    String name = fields.string("name");
    fields.rejectUnknown();
    return name;
  }

  private static <T> Checked<T> read(String text, Function<JsonFields, T> reader) {
    return JsonDocument.read(text, JsonLimits.DOCUMENT, reader);
  }
}
