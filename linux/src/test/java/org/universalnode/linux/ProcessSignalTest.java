package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ProcessSignalTest {
  private static final int EXIT_STATUS_OF_KILLED = 137;

  @Test
  void isSentToTheProcessThatIsMeantOnly() throws Exception {
    Process process = start("sleep", "60");
    int pid = Math.toIntExact(process.pid());
    long begun = ProcessStat.of(pid).orElseThrow().startTime();
    assertThat(ProcessSignal.KILL.send(pid, begun + 1)).isFalse();
    assertThat(process.isAlive()).isTrue();
    assertThat(ProcessSignal.KILL.send(pid, begun)).isTrue();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(EXIT_STATUS_OF_KILLED);
    assertThat(ProcessSignal.KILL.send(pid, begun)).isFalse();
    assertThat(ProcessSignal.USER.isBlockedBy(pid)).isFalse();
  }

  @Test
  void isSeenToBeBlocked() throws Exception {
    Process blocking = start("env", "--block-signal=USR1", "sleep", "60");
    Process plain = start("sleep", "60");
    try {
      Awaitility.await()
          .until(() -> ProcessSignal.USER.isBlockedBy(Math.toIntExact(blocking.pid())));
      assertThat(ProcessSignal.USER.isBlockedBy(Math.toIntExact(plain.pid()))).isFalse();
      assertThat(ProcessSignal.KILL.isBlockedBy(Math.toIntExact(blocking.pid()))).isFalse();
    } finally {
      blocking.destroyForcibly();
      plain.destroyForcibly();
    }
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command).start();
  }
}
