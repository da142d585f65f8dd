package org.universalnode.nffg.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class JsonTextTest {
  @Test
  void moreValuesThanTheHeapShouldHoldAreRefused() {
    String text = "[" + "[],".repeat(300_000) + "[]]";
    assertThatThrownBy(() -> JsonText.parse(text, JsonLimits.DOCUMENT))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("at most 300000 values");
  }

  @Test
  void aDocumentComesBackAsItWasWritten() {
    String text =
        "{\"b\":[1,-0,2.50,1e2,true,null],\"a\":{\"x\":\"\\u20ac\\n\\ud83d\\ude00\"},\"e\":{}}";

    assertThat(JsonText.compact(parse(text)))
        .isEqualTo(text.replace("\\u20ac", "€").replace("\\ud83d\\ude00", "😀"));
  }

  @Test
  void bigNumbersKeepAllTheirDigits() {
    String text = "[123456789012345678901234567890,1e400,0.1000000000000000000000001]";

    assertThat(JsonText.compact(parse(text))).isEqualTo(text);
  }

  @Test
  void theCanonicalFormSortsKeysAtEveryDepth() {
    assertThat(JsonText.canonical(parse("{\"b\":[{\"z\":1,\"y\":2}],\"a\":0}")))
        .isEqualTo("{\"a\":0,\"b\":[{\"y\":2,\"z\":1}]}");
  }

  @Test
  void thePrettyFormIsIndentedAndReadsTheSame() {
    JsonElement element = parse("{\"a\":[1,{}],\"b\":null}");

    assertThat(JsonText.pretty(element))
        .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": null\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,2",
        "{\"a\":1,}",
        "[1,]",
        "[,1]",
        "{'a':1}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "[1] [2]",
        "{}x",
        "nul",
        "TRUE",
        "NaN",
        "[01]",
        "[1.]",
        "[+1]",
        "[0x10]",
        "/* c */{}",
        "# c\n{}",
        "[\"\t\"]",
        "[\"\\x\"]",
        "\"a",
        "]",
        ":",
        "{\"a\":}",
        "[1;2]",
        ")]}'\n{}",
        "[\"\\u12\"]"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThat(problemsOf(text))
        .hasSize(1)
        .first()
        .extracting(Problem::code)
        .isEqualTo(Code.INVALID_DOCUMENT);
  }

  @Test
  void aSyntaxErrorNamesLineColumnAndPlace() {
    Problem problem = problemsOf("{\n  \"a~/b\": [1,\n    2 3]\n}").getFirst();

    assertThat(problem.place()).isEqualTo(new Place(3, 8));
    assertThat(problem.detail()).isEqualTo("Unterminated array");
    assertThat(problem.pointer()).isEqualTo("/a~0~1b");
  }

  @Test
  void everyDuplicateKeyIsTold() {
    List<Problem> problems = problemsOf("{\"a\":{\"x\":1,\"x\":2},\"b\":[{\"y\":1,\"y\":1}]}");

    assertThat(problems).extracting(Problem::pointer).containsExactly("/a/x", "/b/0/y");
    assertThat(problems.getFirst().detail()).contains("\"x\" stands here twice");
  }

  @Test
  void halfACharacterIsRefused() {
    assertThat(problemsOf("{\"a\":\"\\ud83d\"}").getFirst().detail())
        .contains("half a character, \\ud83d");
    assertThat(problemsOf("{\"\\ude00\":1}")).hasSize(1);
  }

  @Test
  void depthIsLimited() {
    JsonLimits limits = new JsonLimits(100, 3);

    assertThat(JsonText.compact(JsonText.parse("[[[1]]]", limits))).isEqualTo("[[[1]]]");
    Problem problem = problemsOf("[[[[1]]]]", limits).getFirst();
    assertThat(problem.code()).isEqualTo(Code.LIMIT);
    assertThat(problem.pointer()).isEqualTo("/0/0/0");
  }

  @Test
  void sizeIsLimited() {
    assertThat(JsonText.compact(JsonText.parse("[1]", new JsonLimits(3, 3)))).isEqualTo("[1]");
    assertThat(problemsOf("[10]", new JsonLimits(3, 3)).getFirst().code()).isEqualTo(Code.LIMIT);
    assertThat(problemsOf("{\"" + "k".repeat(1025) + "\":1}").getFirst().code())
        .isEqualTo(Code.LIMIT);
  }

  @Test
  void aMillionBracketsDoNotOverflowTheStack() {
    assertThat(problemsOf("[".repeat(1 << 20)).getFirst().code()).isEqualTo(Code.LIMIT);
  }

  @Test
  void quotedTextStaysOnOneShortLine() {
    assertThat(JsonText.quoted("a\n\"b\"")).isEqualTo("\"a\\n\\\"b\\\"\"");
    assertThat(JsonText.quoted("x".repeat(1000))).hasSize(85);
  }

  private static JsonElement parse(String text) {
    return JsonText.parse(text, JsonLimits.DOCUMENT);
  }

  private static List<Problem> problemsOf(String text) {
    return problemsOf(text, JsonLimits.DOCUMENT);
  }

  private static List<Problem> problemsOf(String text, JsonLimits limits) {
    return catchThrowableOfType(ProblemException.class, () -> JsonText.parse(text, limits))
        .problems();
  }
}
