package org.universalnode.node.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

class ConditionsTest {
  private static final ServiceGraph GRAPH =
      GraphReader.read("{\"forwarding-graph\":{\"name\":\"g\"}}");
  private static final String TAG = EntityTag.of(GRAPH);

  @Test
  void theSameGraphHasTheSameTagHoweverItIsWritten() {
    String other = "{ \"forwarding-graph\" : {\"VNFs\":[], \"name\":\"g\"} }";
    assertThat(EntityTag.of(GraphReader.read(other))).isEqualTo(TAG).matches("\"[0-9a-f]{32}\"");
    String renamed = "{\"forwarding-graph\":{\"name\":\"h\"}}";
    assertThat(EntityTag.of(GraphReader.read(renamed))).isNotEqualTo(TAG);
  }

  @Test
  void ifMatchHoldsForAGraphWithOneOfTheTags() {
    for (String holds : List.of("*", TAG, "\"a,b\", " + TAG, TAG + " ,\"\"")) {
      assertThatCode(() -> require("if-match", holds, Optional.of(GRAPH)))
          .as(holds)
          .doesNotThrowAnyException();
    }
    for (String fails : List.of("W/" + TAG, "\"x\"", "\"x\", W/" + TAG)) {
      unmet("if-match", fails, Optional.of(GRAPH));
    }
    unmet("if-match", "*", Optional.empty());
    unmet("if-match", TAG, Optional.empty());
  }

  @Test
  void ifNoneMatchHoldsForAGraphWithNoneOfTheTags() {
    for (String fails : List.of("*", TAG, "W/" + TAG, "\"x\", " + TAG)) {
      unmet("if-none-match", fails, Optional.of(GRAPH));
      assertThatCode(() -> require("if-none-match", fails, Optional.empty()))
          .as(fails)
          .doesNotThrowAnyException();
    }
    assertThatCode(() -> require("if-none-match", "\"x\"", Optional.of(GRAPH)))
        .doesNotThrowAnyException();
  }

  @Test
  void theAnswerCarriesTheTagThatTheGraphHas() {
    assertThatThrownBy(() -> require("if-match", "\"x\"", Optional.of(GRAPH)))
        .isInstanceOfSatisfying(
            Conditions.Unmet.class,
            unmet -> {
              assertThat(unmet.response().status()).isEqualTo(412);
              assertThat(unmet.response().headers()).containsEntry("ETag", TAG);
            });
    assertThatThrownBy(() -> require("if-match", "\"x\"", Optional.empty()))
        .isInstanceOfSatisfying(
            Conditions.Unmet.class,
            unmet -> assertThat(unmet.response().headers()).doesNotContainKey("ETag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "\"x", "\"x\" \"y\"", "\"x\",", "*, \"x\"", "w/\"x\"", "\"a b\""})
  void aHeaderThatIsNoListOfTagsIsRefused(String value) {
    assertThatThrownBy(() -> require("if-match", value, Optional.of(GRAPH)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.first().code()).isEqualTo(Problem.Code.INVALID_DOCUMENT));
  }

  private static void unmet(String header, String value, Optional<ServiceGraph> present) {
    assertThatThrownBy(() -> require(header, value, present))
        .as(value)
        .isInstanceOf(Conditions.Unmet.class);
  }

  private static void require(String header, String value, Optional<ServiceGraph> present) {
    Request request =
        new Request(Served.ROOT, "PUT", List.of(), Map.of(), Map.of(header, value), "");
    Conditions.of(request).require(present);
  }
}
