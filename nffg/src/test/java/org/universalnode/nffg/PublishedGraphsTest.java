package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.universalnode.nffg.json.Checked;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Documents that others published must work as they are. */
class PublishedGraphsTest {
  static final List<String> ACCEPTED = SampleGraphs.ACCEPTED;
  private static final String RULES = "/forwarding-graph/big-switch/flow-rules/";

  @Test
  void allThirtyFivePublishedDocumentsAreHere() {
    assertThat(SampleGraphs.PUBLISHED).hasSize(35);
    assertThat(SampleGraphs.REFUSED).hasSize(2);
    assertThat(ACCEPTED).hasSize(33 + SampleGraphs.NAMES.size());
  }

  @ParameterizedTest
  @FieldSource("ACCEPTED")
  void aSampleIsAcceptedAndComesBackFromBothForms(String name) {
    ServiceGraph graph = GraphReader.read(SampleGraphs.text(name));

    assertThat(GraphReader.read(GraphWriter.write(graph))).isEqualTo(graph);
    assertThat(GraphReader.read(JsonText.pretty(GraphWriter.tree(graph)))).isEqualTo(graph);
  }

  @ParameterizedTest
  @FieldSource("ACCEPTED")
  void theWrittenFormIsAFixedPoint(String name) {
    String written = GraphWriter.write(GraphReader.read(SampleGraphs.text(name)));

    assertThat(GraphWriter.write(GraphReader.read(written))).isEqualTo(written);
  }

  @ParameterizedTest
  @FieldSource("ACCEPTED")
  void nothingThatASampleSaysIsLost(String name) {
    String text = SampleGraphs.text(name);
    String written = GraphWriter.write(GraphReader.read(text));

    assertThat(DocumentLeaves.of(JsonParser.parseString(written)))
        .isEqualTo(DocumentLeaves.of(JsonParser.parseString(text)));
  }

  @ParameterizedTest
  @CsvSource({"L777,22,38", "L783,23,39"})
  void anUndeclaredEndPointIsNamedWhereItIsUsed(String document, int takes, int sends) {
    String name = "published/un-orchestrator--orchestrator__README_NF-FG.md-" + document + ".json";

    Checked<ServiceGraph> checked = GraphReader.check(SampleGraphs.text(name));

    String which = " end-point \"00000004\", which the graph does not declare";
    String declared = "declared end-points: 00000005";
    assertThat(checked.value()).isEmpty();
    assertThat(checked.errors())
        .containsExactly(
            new Problem(
                Code.UNKNOWN_REFERENCE,
                RULES + "0/match/port_in",
                new Place(takes, 18),
                "rule 000000001 takes from" + which,
                declared),
            new Problem(
                Code.UNKNOWN_REFERENCE,
                RULES + "1/actions/0/output_to_port",
                new Place(sends, 27),
                "rule 000000002 sends to" + which,
                declared));
  }

  @Test
  void whatPublishedDocumentsSayIsUnderstood() {
    ServiceGraph split = graph("graphs-sent-to-domains");
    ServiceGraph management = graph("managementGraph");

    assertThat(split.endPoints().getFirst().kind())
        .hasToString(
            "GreTunnel[local=192.168.1.10, remote=192.168.1.9, key=3365860588,"
                + " ttl=OptionalInt.empty, secure=false]");
    assertThat(split.extras()).isEqualTo("{\"id\":\"35890504\"}");
    assertThat(management.functions())
        .extracting(NetworkFunction::extras)
        .first()
        .isEqualTo("{\"description\":\"manag_SWITCH\"}");
    assertThat(management.function("am92456a").orElseThrow().ports().getFirst().trusted()).isTrue();
    assertThat(graph("L852-repaired").endPoints().getFirst().kind().toString())
        .startsWith("HostStack[configuration=STATIC, address=Optional[10.0.0.1/24]");
    assertThat(graph("L345").rules())
        .extracting(FlowRule::actions)
        .extracting(List::getFirst)
        .containsExactly(new Action.PushVlan(37), new Action.PopVlan());
    assertThat(graph("nffgNAT").rules()).extracting(FlowRule::priority).containsOnly(0);
  }

  private static ServiceGraph graph(String partOfName) {
    List<String> names =
        SampleGraphs.PUBLISHED.stream().filter(name -> name.contains(partOfName)).toList();
    assertThat(names).hasSize(1);
    return GraphReader.read(SampleGraphs.text(names.getFirst()));
  }
}
