package org.universalnode.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.problem.ProblemException;

class CommandTest {
  @Test
  void itRunsToItsEnd(@TempDir Path folder) {
    Path made = folder.resolve("made");
    new Command(List.of("sh", "-c", "sleep 0.1; echo much; : > '" + made + "'")).run();
    assertThat(Files.exists(made)).isTrue();
  }

  @Test
  void aStatusOtherThanZeroIsAProblem() {
    assertThatThrownBy(() -> new Command(List.of("sh", "-c", "exit 3")).run())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ended with status 3");
  }

  @Test
  void aCommandThatDoesNotEndIsEnded() {
    Command endless = new Command(List.of("sleep", "30"), Duration.ofMillis(100));
    assertThatThrownBy(endless::run)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("sleep 30 did not end within 100 ms");
  }

  @Test
  void withoutDistTheUnCommandIsNotMeasured(@TempDir Path house) {
    assertThatThrownBy(() -> new UnStarts(house).measure())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("run scripts/build");
  }
}
