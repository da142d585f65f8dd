package org.universalnode.node.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.ServiceGraph;

class GraphAnswersTest {
  private static final Conditions NONE = new Conditions(Optional.empty(), Optional.empty());

  private final GraphAnswers answers = new GraphAnswers();

  @Test
  void theSameGraphIsWrittenOnce() {
    Response first = answers.of("g", graph("one"), NONE);
    assertThat(answers.of("g", graph("one"), NONE)).isSameAs(first);
    assertThat(answers.of("h", graph("one"), NONE)).isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void anotherGraphHasAnotherTag() {
    Response first = answers.of("g", graph("one"), NONE);
    Response second = answers.of("g", graph("two"), NONE);
    assertThat(second.body()).isNotEqualTo(first.body());
    assertThat(tag(second)).isNotEqualTo(tag(first));
  }

  @Test
  void whoHasItAlreadyGetsItsTagOnly() {
    String tag = tag(answers.of("g", graph("one"), NONE));
    Conditions known = new Conditions(Optional.empty(), Optional.of(List.of(tag)));
    Response same = answers.of("g", graph("one"), known);
    assertThat(same.status()).isEqualTo(304);
    assertThat(tag(same)).isEqualTo(tag);
    assertThat(answers.of("g", graph("two"), known).status()).isEqualTo(200);
  }

  private static String tag(Response response) {
    return response.headers().getOrDefault("ETag", "");
  }

  private static ServiceGraph graph(String name) {
    return new ServiceGraph(name, "", List.of(), List.of(), List.of());
  }
}
