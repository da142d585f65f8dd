package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
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
      numLinesToSkip = 1)
  void everyMistakeIsToldWithItsPlace(String good, String bad, String pointer, String message) {
    String text = SampleGraphs.text("bridge.json").replaceAll("\\s*\\n\\s*", " ");
    String from = good.replace('\'', '"');
    String to = bad == null ? "" : bad.replace('\'', '"');
    assertThat(text).contains(from);

    List<Problem> problems =
        refusal(text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().toString()).startsWith(GRAPH + "/" + pointer + ": " + message);
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
            .replace("\"endpoint:2\"},", "\"endpoint:2\", " + fields.replace('\'', '"') + "},");

    List<Problem> problems = refusal(text);

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().toString())
        .startsWith(RULES + "3/match/" + key + ": " + message);
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

    assertThat(refusal(text)).extracting(Problem::pointer).containsExactly(RULES + "3");
  }

  @Test
  void aDocumentWithoutGraphIsRefused() {
    assertThat(refusal("{\"flow-graph\":{}}"))
        .extracting(Problem::toString)
        .containsExactly(
            "the key \"forwarding-graph\" is missing (add it)",
            "/flow-graph: the key \"flow-graph\" is unknown here (known here: forwarding-graph)");
    assertThat(refusal("[]")).hasSize(1);
    assertThat(refusal("{\"forwarding-graph\":[]}")).hasSize(1);
  }

  @Test
  void codesTellWhatIsUnknownAndWhatIsUnsupported() {
    String text = SampleGraphs.text("bridge.json");

    assertThat(refusal(text.replace("\"endpoint:2\"}]", "\"endpoint:8\"}]")).getFirst().code())
        .isEqualTo(Code.UNKNOWN_REFERENCE);
    assertThat(refusal(text.replace("output_to_port", "output_to_queue")).getFirst().code())
        .isEqualTo(Code.UNSUPPORTED);
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

  private static List<Problem> refusal(String text) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> GraphReader.read(text));
    assertThat(refused).as("refusal of %s", text).isNotNull();
    return refused.problems();
  }
}
