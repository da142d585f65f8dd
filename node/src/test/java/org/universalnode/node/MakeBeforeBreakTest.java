package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.NumberedStream.Count;

/**
 * A function becomes another under the same id, to and fro, while numbered packets go through it.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class MakeBeforeBreakTest {
  private static final int TIMES = Integer.getInteger("replacements", 20);
  private static final int PER_MILLISECOND = Integer.getInteger("replacements.rate", 5);
  private static final int ONE = 0x08;
  private static final int OTHER = 0x20;

  @TempDir Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void noPacketIsLostAndNoneMeetsBothWhenAFunctionIsReplaced() throws Exception {
    try (CrashLab crash = new CrashLab(folder);
        MortalLife life = new MortalLife(crash);
        NumberedStream stream = crash.changing(PER_MILLISECOND)) {
      life.make(CrashLab.GRAPH, crash.single("old"));
      long from = stream.begin();
      for (int i = 1; i <= TIMES; i++) {
        life.make(CrashLab.GRAPH, crash.single(i % 2 == 0 ? "old" : "new"));
        stream.begin();
        assertThat(stream.path()).containsExactly(i % 2 == 0 ? ONE : OTHER);
      }
      Count count = stream.count(from, stream.next());
      System.out.printf(
          "make before break: %d replacements, %d packets: %d by one, %d by the other, %d by both,"
              + " %d by none, %d twice, %d lost%n",
          TIMES,
          count.sent(),
          stream.marked(ONE),
          stream.marked(OTHER),
          stream.marked(ONE | OTHER),
          stream.marked(0),
          stream.duplicated(),
          count.lost());
      assertThat(stream.marked(ONE | OTHER)).isZero();
      assertThat(stream.marked(0)).isZero();
      assertThat(stream.duplicated()).isZero();
      assertThat(count.lost()).isZero();
      assertThat(life.delete(CrashLab.GRAPH)).isEqualTo(204);
    }
  }
}
