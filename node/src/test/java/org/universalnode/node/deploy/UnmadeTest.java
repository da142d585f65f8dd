package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.LsiId;

class UnmadeTest {
  private static final LsiId ONE = new LsiId(1);
  private static final LsiId TWO = new LsiId(2);

  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger sweeps = new AtomicInteger();

  @Test
  void aSwitchThatCannotBeSettledIsAskedAgainUntilItIs() {
    try (Unmade unmade = new Unmade(_ -> attempt(3), sweeps::incrementAndGet)) {
      unmade.begin(List.of(ONE));
      await().until(() -> attempts.get() == 3);
      assertThat(sweeps).hasValue(0);
    }
  }

  @Test
  void nothingIsTriedAfterTheEnd() throws InterruptedException {
    try (Unmade unmade = new Unmade(_ -> attempt(3), sweeps::incrementAndGet)) {
      unmade.begin(List.of());
    }
    Thread.sleep(500);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void theLastOneThatIsMadeIsFollowedByASweep() {
    try (Unmade unmade = new Unmade(_ -> attempt(1), sweeps::incrementAndGet)) {
      unmade.begin(Set.of(ONE, TWO));
      unmade.end(ONE);
      assertThat(sweeps).hasValue(0);
      unmade.end(TWO);
      unmade.end(TWO);
      assertThat(sweeps).hasValue(1);
    }
  }

  private Result<Nothing> attempt(int enough) {
    return attempts.incrementAndGet() >= enough
        ? Result.done()
        : new Result.Failed<>(
            Problem.of(Problem.Code.CONFLICT, "a link is another's").next("give it up"));
  }
}
