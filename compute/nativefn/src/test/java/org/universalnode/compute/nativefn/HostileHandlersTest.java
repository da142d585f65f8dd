package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.nativefn.DriverLab.ID;
import static org.universalnode.compute.nativefn.DriverLab.log;
import static org.universalnode.compute.nativefn.DriverLab.observed;

import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.nffg.Isolation;
import org.universalnode.problem.Result;

/**
 * Start handlers that mean no good. Whatever they do, the driver goes on, what they began ends with
 * the instance, and nothing is left. What they try of the machine itself is in the launcher's
 * tests.
 */
@ParameterizedClass
@EnumSource
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class HostileHandlersTest {
  /** What they do. */
  enum Hostile {
    FORKS_WITHOUT_END("bomb() { bomb | bomb & }; bomb; sleep 0.2", false),
    TAKES_ALL_MEMORY("exec dd if=/dev/zero of=/dev/null bs=300M count=1", false),
    NEVER_RETURNS("while :; do sleep 1; done", false),
    IGNORES_SIGNALS("trap '' TERM INT HUP QUIT; while :; do sleep 1; done", false),
    LEAVES_A_DAEMON("(setsid sh -c 'trap \"\" TERM; while :; do sleep 1; done' &) &", false),
    CLOSES_WHAT_IT_HAS("exec 0<&- 1>&- 2>&-; sleep 300 &", false),
    DIGS_DEEP(
        "n=$(printf %0200d 0); i=0; while [ $i -lt 60 ]; do mkdir $n && cd $n || break;"
            + " i=$((i + 1)); done; mkdir .deleted-0; test $i -eq 60",
        false),
    FREEZES_ITSELF("kill -STOP $$", false),
    KILLS_ALL_IT_SEES("kill -9 -1; sleep 1; kill -9 1; sleep 300 &", true),
    RENAMES_THE_MACHINE("hostname hostile; test \"$(hostname)\" = hostile || echo refused", true),
    WRITES_TO_THE_KERNEL(
        "for f in /proc/sys/kernel/core_pattern /proc/sys/vm/overcommit_memory"
            + " /sys/kernel/mm/ksm/run; do { echo 1 >$f; } 2>/dev/null && exit 77; done; true",
        true);

    private final String script;

    /** Whether it would harm the machine at the rung network, which stops none of these. */
    private final boolean harmful;

    Hostile(String script, boolean harmful) {
      this.script = script;
      this.harmful = harmful;
    }
  }

  @Parameter Isolation isolation = Isolation.NETWORK;
  @TempDir Path folder;
  private DriverLab lab = new DriverLab(Path.of(""), Isolation.NETWORK);

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void isContained(Hostile hostile) throws IOException {
    lab = new DriverLab(folder, hostile.harmful ? isolation.or(Isolation.JAIL) : isolation);
    lab.script("start", hostile.script);
    FunctionDriver driver = lab.driver();
    lab.make(driver, lab.spec("{}"));
    Result<?> started = driver.start(lab.spec("{}"));
    assertThat(started.toString() + log(driver)).doesNotContain("status 77");
    driver.stop(ID).orThrow();
    Awaitility.await().untilAsserted(() -> assertThat(observed(driver).processes()).isEmpty());
  }
}
