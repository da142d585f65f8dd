package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything in the table of docs/isolation.md is tried, at every rung where that does no harm. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class EscapeTest {
  private static final Path DOCUMENT = Path.of("../docs/isolation.md");
  private static final int SIGSYS = 31;

  @TempDir Path folder;

  private Path hostile;
  private LinuxProcess victim;

  @BeforeEach
  void prepare() throws IOException {
    // not a copy: it could not be executed while another test's child still has it open for writing
    hostile = JailedInstance.built("hostile");
    Files.createDirectory(folder.resolve("archive"));
    Files.writeString(Files.createDirectory(folder.resolve("other")).resolve("secret"), "x");
    Files.writeString(Files.createDirectory(folder.resolve("state")).resolve("graphs"), "x");
    victim = outside("victim", folder.toString());
    Awaitility.await().until(() -> Files.readString(folder.resolve("victim")).contains("ready"));
  }

  @AfterEach
  void end() {
    victim.kill();
    assertThat(victim.await(JailedInstance.PATIENCE)).isPresent();
    victim.close();
    try (LinuxProcess process = outside("end-shm", folder.toString())) {
      assertThat(process.await(JailedInstance.PATIENCE)).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTriedIsLetOrRefusedAsTheTableSays(Rung rung) throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (JailedInstance instance =
        new JailedInstance(rung, own(rung), List.of(folder.resolve("archive"), hostile))) {
      for (Attempt attempt : Attempt.ALL) {
        if (!attempt.answer(rung).isEmpty()) {
          JailedInstance.Ended ended = instance.shell(filledIn(attempt.script(), instance));
          boolean let = ended.status() == 0 && isRootsIfMade(instance);
          softly
              .assertThat(let ? "yes" : "no")
              .as("%s: %s: %s", rung, attempt.what(), ended)
              .isEqualTo(attempt.answer(rung));
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void theTableInTheDocumentIsWhatIsTested() throws IOException {
    List<String> table =
        new ArrayList<>(List.of("| | network | jail | user |", "|---|---|---|---|"));
    Attempt.ALL.forEach(attempt -> table.add(attempt.line()));
    assertThat(Files.readString(DOCUMENT)).contains(String.join("\n", table) + "\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"JAIL", "USER"})
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64", disabledReason = "x86_64 only")
  void aSystemCallOfAnotherMachineEndsTheProcess(Rung rung) throws IOException {
    try (JailedInstance instance =
        new JailedInstance(rung, own(rung), List.of(folder.resolve("archive"), hostile))) {
      assertThat(instance.run(hostile.toString(), "int80").status()).isEqualTo(128 + SIGSYS);
    }
  }

  /** A file that an attempt made is an escape only if root outside owns it. */
  private static boolean isRootsIfMade(JailedInstance instance) throws IOException {
    Path mine = instance.work.resolve("mine");
    if (!Files.exists(mine)) {
      return true;
    }
    Object owner = Files.getAttribute(mine, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Files.delete(mine);
    return owner.equals(0);
  }

  private String filledIn(String script, JailedInstance instance) {
    return script
        .replace("HOSTILE", hostile.toString())
        .replace("ARCHIVE", folder.resolve("archive").toString())
        .replace("OTHER", folder.resolve("other").toString())
        .replace("STATE", folder.resolve("state").toString())
        .replace("VICTIM", "/proc/" + victim.pid())
        .replace("NUMBER", Integer.toString(victim.pid()))
        .replace("NAME", folder.toString())
        .replace("DISK", disk())
        .replace("CGROUP", instance.cgroup.folders().getFirst() + "/pids.max");
  }

  private static String disk() {
    try (var disks = Files.list(Path.of("/sys/block"))) {
      return disks
          .map(disk -> Path.of("/dev").resolve(disk.getFileName()))
          .filter(Files::exists)
          .map(Path::toString)
          .sorted()
          .findFirst()
          .orElse("/dev/loop0");
    } catch (IOException e) {
      return "/dev/loop0";
    }
  }

  private Path own(Rung rung) throws IOException {
    return Files.createDirectory(folder.resolve(rung.name()));
  }

  private LinuxProcess outside(String what, String object) {
    return LinuxProcess.start(
        new ProcessSpec(
            List.of(hostile.toString(), what, object),
            Map.of(),
            folder,
            folder.resolve(what),
            Optional.empty(),
            Optional.empty()));
  }
}
