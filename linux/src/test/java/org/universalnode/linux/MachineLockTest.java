package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLockTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(10);

  @TempDir private Path folder;

  @Test
  void oneHasItAtATime() {
    try (MachineLock _ = MachineLock.take(folder, SHORT)) {
      assertThatThrownBy(() -> MachineLock.take(folder, SHORT))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN));
    }
    MachineLock.take(folder, SHORT).close();
  }

  @Test
  void whoWaitsGetsItWhenItIsFree() {
    MachineLock first = MachineLock.take(folder, SHORT);
    CompletableFuture<Void> second =
        CompletableFuture.runAsync(() -> MachineLock.take(folder, LONG).close());
    assertThat(second).isNotDone();
    first.close();
    assertThat(second).succeedsWithin(LONG);
  }

  @Test
  void whatIsNotThereCantBeTaken() {
    assertThatThrownBy(() -> MachineLock.take(folder.resolve("absent"), SHORT))
        .isInstanceOf(KernelException.class);
  }
}
