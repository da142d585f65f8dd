package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.problem.ProblemException;

class LimitTest {

  @ParameterizedTest
  @CsvSource({
    "*, home, true",
    "tenant-1*, tenant-1, true",
    "tenant-1*, tenant-12, true",
    "tenant-1*, tenant-2, false",
    "home, home, true",
    "home, home2, false",
    "a*b, a*b, true",
    "a*b, axb, false",
  })
  void aPatternIsAnIdOrHowIdsBegin(String pattern, String graph, boolean isFor) {
    assertThat(new Limit(pattern, 1, 1, 1, 1).isFor(graph, "")).isEqualTo(isFor);
  }

  @Test
  void oneOfAGroupOfUsersIsForItsGraphsOnly() {
    Limit blue = new Limit("group:blue", 1, 1, 1, 1);
    assertThat(blue.isFor("g", "blue")).isTrue();
    assertThat(blue.isFor("g", "red")).isFalse();
    assertThat(blue.isFor("g", "")).isFalse();
    assertThat(blue.isFor("group:blue", "")).isFalse();
  }

  @Test
  void whatNobodyLimitsIsForEveryGraphAndAllowsAnyOneGraph() {
    assertThat(Limit.DEFAULT.isFor("whatever", "")).isTrue();
    assertThat(Limit.DEFAULT.mostFunctions()).isGreaterThan(ServiceGraph.MOST_FUNCTIONS);
    assertThat(Limit.DEFAULT.mostRules()).isGreaterThan(ServiceGraph.MOST_RULES);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 0, -1 is no limit of graphs",
    "4097, 0, 0, 0, 4097 is no limit of graphs",
    "0, 1048577, 0, 0, 1048577 is no limit of functions",
    "0, 0, 16777217, 0, 16777217 is no limit of rules",
    "0, 0, 0, 4194305, 4194305 is no limit of memory-mb",
  })
  void aLimitBeyondWhatANodeCanDoIsRefused(
      int graphs, int functions, int rules, int megabytes, String why) {
    assertThatThrownBy(() -> new Limit("*", graphs, functions, rules, megabytes))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aLimitOfNoGraphsIsRefused() {
    assertThatThrownBy(() -> new Limit(" ", 1, 1, 1, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("names no graphs");
  }
}
