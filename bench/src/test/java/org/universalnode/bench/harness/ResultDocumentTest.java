package org.universalnode.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

class ResultDocumentTest {
  private static final Machine MACHINE =
      new Machine("a cpu", 2, "6.1", "a vm 25", 24_000, 0.5, "abc", Instant.EPOCH);
  private static final Samples SAMPLES = new Samples(List.of(5.0, 1.0, 3.0, 2.0, 4.0));

  @Test
  void itHoldsMachineFiguresAndProblems() {
    Outcome good =
        new Outcome(
            List.of(new Measurement(Figure.ratio("r", new Budget.AtMost(2)), SAMPLES)), List.of());
    Outcome bad = new Outcome(List.of(), List.of(Problem.of(Code.NOT_FOUND, "no such thing")));
    JsonElement document = ResultDocument.of(MACHINE, List.of(good, bad));
    assertThat(document)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"machine": {"cpu": "a cpu", "cores": 2, "kernel": "6.1", "java": "a vm 25",
                  "memory-mb": 24000, "load": 0.5, "commit": "abc", "date": "1970-01-01T00:00:00Z"},
                 "figures": [{"name": "r", "kind": "ratio", "unit": "", "median": 3.0, "min": 1.0,
                  "max": 5.0, "at-most": 2.0, "verdict": "noise",
                  "samples": [5.0, 1.0, 3.0, 2.0, 4.0]}],
                 "problems": ["no such thing"]}
                """));
  }

  @Test
  void aFigureWithoutBudgetHasNoLimit() {
    Outcome outcome =
        new Outcome(List.of(new Measurement(Figure.absolute("t", "ms"), SAMPLES)), List.of());
    assertThat(ResultDocument.of(MACHINE, List.of(outcome)).toString())
        .contains("\"verdict\":\"report\"")
        .doesNotContain("at-most", "at-least");
  }
}
