package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

class RefusedGraphTest {
  private static final String GRAPH = "/forwarding-graph";
  private static final String RULES = GRAPH + "/big-switch/flow-rules/";

  /** A change of bridge.json, in apostrophes instead of quotes, and the problem it makes. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "/org/universalnode/nffg/refused-graphs.txt",
      delimiter = '|',
      quoteCharacter = '`',
      emptyValue = "",
      numLinesToSkip = 1)
  void everyMistakeIsToldWithItsPlace(
      String good, @Nullable String bad, @Nullable String code, String pointer, String message) {
    String text = SampleGraphs.text("bridge.json").replaceAll("\\s*\\n\\s*", " ");
    assertThat(text).contains(quotes(good));
    String changed =
        text.replaceFirst(Pattern.quote(quotes(good)), Matcher.quoteReplacement(quotes(bad)));

    Problem problem = onlyProblem(changed, GRAPH + "/" + pointer, message);

    assertThat(problem.code()).isEqualTo(code == null ? Code.INVALID_DOCUMENT : Code.valueOf(code));
  }

  /** What else stands in a match beside port_in, and the problem it makes. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "/org/universalnode/nffg/refused-matches.txt",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void everyMistakeInAMatchIsToldWithItsPlace(String fields, String key, String message) {
    String text =
        SampleGraphs.text("bridge.json")
            .replace("\"endpoint:2\"},", "\"endpoint:2\", " + quotes(fields) + "},");

    onlyProblem(text, RULES + "3/match/" + key, message);
  }

  /** What else stands in the match of rule 3, its actions, and the problem it makes. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "/org/universalnode/nffg/refused-actions.txt",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void everyActionThatCannotBeDoneIsToldWithItsPlace(
      @Nullable String match, @Nullable String actions, String place, String message) {
    String more = match == null ? "" : ", " + quotes(match);
    String text =
        SampleGraphs.text("bridge.json")
            .replace("\"vnf:1:inout:1\"},", "\"vnf:1:inout:1\"" + more + "},")
            .replace("[{\"output_to_port\": \"endpoint:2\"}]", "[" + quotes(actions) + "]");

    onlyProblem(text, RULES + "2/" + place, message);
  }

  /** What an end-point says, and the problem it makes. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "/org/universalnode/nffg/refused-end-points.txt",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void everyMistakeInAnEndPointIsToldWithItsPlace(
      String body, @Nullable String place, String message) {
    String below = place == null ? "" : "/" + place;
    String text =
        SampleGraphs.text("bridge.json")
            .replace(
                "\"type\": \"interface\", \"interface\": {\"if-name\": \"lan0\"}", quotes(body));

    onlyProblem(text, GRAPH + "/end-points/0" + below, message);
  }

  @Test
  void allProblemsOfADocumentAreToldAtOnce() {
    String text =
        SampleGraphs.text("bridge.json")
            .replace("\"name\": \"bridge\", \"ports\"", "\"nam\": \"bridge\", \"ports\"")
            .replace("\"if-name\": \"lan0\"", "\"if-name\": 7")
            .replace("\"endpoint:2\"}]", "\"endpoint:8\"}]");

    assertThat(refusal(text))
        .extracting(Problem::pointer)
        .containsExactly(
            GRAPH + "/VNFs/0/name",
            GRAPH + "/VNFs/0/nam",
            GRAPH + "/end-points/0/interface/if-name",
            RULES + "2/actions/0/output_to_port");
  }

  @Test
  void aReferenceToAnUnreadableElementIsNoFurtherProblem() {
    String text =
        SampleGraphs.text("bridge.json")
            .replace("{\"id\": \"2\", \"type\"", "{\"id\": 2, \"type\"")
            .replace("{\"id\": \"inout:1\"}", "{\"id\": \"inout\"}");

    assertThat(refusal(text))
        .extracting(Problem::pointer)
        .containsExactly(GRAPH + "/VNFs/0/ports/1/id", GRAPH + "/end-points/1/id");
  }

  @Test
  void aReferenceIntoAnUnreadableListIsNoFurtherProblem() {
    String functions = "\"VNFs\":[{\"id\":\"f\",\"name\":\"n\",\"ports\":";
    String rules =
        "\"big-switch\":{\"flow-rules\":[{\"id\":\"1\",\"match\":{\"port_in\":\"vnf:f:a:0\"},"
            + "\"actions\":[{\"output_to_port\":\"endpoint:e\"}]}]}";

    assertThat(
            refusal(
                "{\"forwarding-graph\":{" + functions + "{}}],\"end-points\":7," + rules + "}}"))
        .extracting(Problem::pointer)
        .containsExactly(GRAPH + "/VNFs/0/ports", GRAPH + "/end-points");
  }

  @Test
  void aMatchThatOnlyLooksDifferentIsTheSame() {
    String text =
        SampleGraphs.text("bridge.json")
            .replace("\"endpoint:1\"},", "\"endpoint:1\", \"source_ip\": \"10.0.0.9/8\"},")
            .replace(
                "\"endpoint:2\"},",
                "\"endpoint:1\", \"ether_type\": \"0x800\", \"source_ip\": \"10.0.0.0/8\"},");

    assertThat(refusal(text)).extracting(Problem::pointer).containsExactly(RULES + "3/priority");
  }

  @Test
  void aDocumentWithoutGraphIsRefused() {
    assertThat(refusal("{\"flow-graph\":{}}"))
        .extracting(problem -> problem.at(Place.UNKNOWN).toString())
        .containsExactly(
            "the key \"forwarding-graph\" is missing (add it)",
            "/flow-graph: the key \"flow-graph\" is unknown here (known here: forwarding-graph)");
    assertThat(refusal("[]")).hasSize(1);
    assertThat(refusal("{\"forwarding-graph\":[]}")).hasSize(1);
  }

  @Test
  void idsAreShortAndWithoutColon() {
    assertThat(refusal(graphWithFunctionId("a:b")).getFirst().detail()).contains("holds a colon");
    assertThat(refusal(graphWithFunctionId("")).getFirst().detail()).contains("is empty");
    assertThat(refusal(graphWithFunctionId("x".repeat(129))).getFirst().code())
        .isEqualTo(Code.LIMIT);
    assertThat(GraphReader.read(graphWithFunctionId("x".repeat(128))).functions()).hasSize(1);
  }

  private static String graphWithFunctionId(String id) {
    return "{\"forwarding-graph\":{\"VNFs\":[{\"id\":\"" + id + "\",\"name\":\"n\"}]}}";
  }

  private static String quotes(@Nullable String text) {
    return text == null ? "" : text.replace('\'', '"');
  }

  private static Problem onlyProblem(String text, String pointer, String message) {
    List<Problem> problems = refusal(text);
    assertThat(problems).hasSize(1);
    Problem problem = problems.getFirst();
    assertThat(problem.at(Place.UNKNOWN).toString()).startsWith(pointer + ": " + message);
    PlaceCheck.assertExact(problem, text);
    return problem;
  }

  private static List<Problem> refusal(String text) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> GraphReader.read(text));
    assertThat(refused).as("refusal of %s", text).isNotNull();
    return refused.problems();
  }
}
