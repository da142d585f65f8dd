package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.node.CrashRun.Manner;
import org.universalnode.node.CrashRun.Operation;

/**
 * The node's process ends at any step of an operation, and of its recovery; its successor finds the
 * old graph or the new one, whole, leaves nothing, and traffic of what was not to change passes all
 * the time. In a build each point in one of the manners, all in all with {@code -Dcrash.all=true}.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashPointsTest {
  private static final boolean ALL = Boolean.getBoolean("crash.all");
  private static final int EVERY = ALL ? 1 : Integer.getInteger("crash.every", 5);

  private final long seed = Long.getLong("crash.seed", System.nanoTime());
  private final CrashTable table = new CrashTable();

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void leavesOneOfTheTwoGraphsWhole(Operation operation, @TempDir Path folder) throws Exception {
    Random random = new Random(seed);
    List<String> faults = new ArrayList<>();
    try (CrashRun run = new CrashRun(new CrashLab(folder), operation, random)) {
      List<String> points = run.begun().points();
      int turn = random.nextInt(Manner.values().length);
      for (int at = random.nextInt(EVERY); at < points.size(); at += EVERY) {
        String point = points.get(at);
        for (Manner manner : ALL ? List.of(Manner.values()) : List.of(manner(turn++))) {
          CrashOutcome outcome = run.interrupt(point, manner);
          table.add(kind(operation, manner), outcome);
          for (String fault : outcome.faults()) {
            faults.add(manner + " at " + fault);
            System.out.println("crash points: " + operation + ", " + faults.getLast());
          }
        }
      }
      table.addDuplicatedPackets(kind(operation, Manner.HALT), run.duplicated());
    }
    assertThat(faults).as("seed " + seed).isEmpty();
  }

  @AfterAll
  void printTable() {
    System.out.printf("%ncrash points, seed %d%n%s%n", seed, table);
  }

  private static Manner manner(int turn) {
    List<Manner> all = List.of(Manner.values());
    return all.get(turn % all.size());
  }

  private static String kind(Operation operation, Manner manner) {
    return (operation + ", " + manner).toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
