package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.NumberedStream.Count;

/**
 * The disk of the state folder has room for so many pages only, from none to enough: a change that
 * finds too little room is refused in the middle of things, in another place each time.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class FullDiskTest {
  private static final int PAGE = 4096;
  private static final int MOST_PAGES = 200;
  private static final Duration NOTED = Duration.ofSeconds(15);

  @TempDir Path folder;
  private Path state;
  private CrashLab crash;
  private MortalLife life;
  private NumberedStream kept;
  private NumberedStream changing;

  @BeforeEach
  void beginOnASmallDisk() throws IOException {
    state = Files.createDirectories(folder.resolve("state"));
    Lab.run("/bin/mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "un-test", state.toString());
    crash = new CrashLab(folder);
    life = new MortalLife(crash);
    kept = crash.kept();
    changing = crash.changing();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    kept.close();
    changing.close();
    life.close();
    crash.close();
    Lab.run("/bin/umount", state.toString());
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aChangeThatFindsNoRoomIsTakenBackWholeAndDoneWhenThereIsRoom() throws Exception {
    life.make(CrashLab.GRAPH, crash.old());
    String document = life.get(CrashLab.GRAPH).orElseThrow();
    Footprint whole = crash.footprint();
    List<String> settings = settings();
    var processes = life.processes(CrashLab.GRAPH);
    long from = kept.begin();
    Map<String, Integer> refusals = new TreeMap<>();
    int pages = 0;
    while (!isChanged(pages, refusals)) {
      assertThat(life.get(CrashLab.GRAPH)).contains(document);
      assertThat(changing.path()).isEqualTo(CrashLab.OLD_WAY);
      assertThat(life.processes(CrashLab.GRAPH)).isEqualTo(processes);
      makeRoom();
      int room = pages;
      await() // what the store could not take is noted when there is room
          .atMost(NOTED)
          .untilAsserted(
              () -> {
                assertThat(crash.footprint()).as("with %d pages", room).isEqualTo(whole);
                assertThat(settings()).isEqualTo(settings);
                assertThat(state()).isEqualTo("active");
              });
      pages++;
    }
    makeRoom();
    assertThat(changing.path()).isEqualTo(CrashLab.NEW_WAY);
    Count count = kept.count(from, kept.next());
    System.out.printf(
        "full disk: refused with 0 to %d pages of room: %s; lost %d of %d packets%n",
        pages - 1, refusals, count.lost(), count.sent());
    assertThat(count.lost()).isZero();
    assertThat(refusals).isNotEmpty();
    assertThat(life.delete(CrashLab.GRAPH)).isEqualTo(204);
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aNodeThatIsKilledOnAFullDiskComesBackWithItsGraph() throws Exception {
    life.make(CrashLab.GRAPH, crash.old());
    Footprint whole = crash.footprint();
    var processes = life.processes(CrashLab.GRAPH);
    long from = kept.begin();
    leave(0);
    life.kill();
    assertThatThrownBy(() -> life.next("")).isInstanceOf(AssertionError.class);
    assertThat(Files.readString(folder.resolve("log"))).contains("see that the disk has room");
    makeRoom();
    assertThat(life.next("")).isTrue();
    assertThat(state()).isEqualTo("active");
    assertThat(life.processes(CrashLab.GRAPH)).isEqualTo(processes);
    assertThat(changing.path()).isEqualTo(CrashLab.OLD_WAY);
    assertThat(crash.footprint()).isEqualTo(whole);
    assertThat(kept.count(from, kept.next()).lost()).isZero();
    life.make(CrashLab.GRAPH, crash.changed());
    assertThat(changing.path()).isEqualTo(CrashLab.NEW_WAY);
    assertThat(life.delete(CrashLab.GRAPH)).isEqualTo(204);
  }

  private boolean isChanged(int pages, Map<String, Integer> refusals) throws IOException {
    assertThat(pages).isLessThan(MOST_PAGES);
    leave(pages);
    HttpResponse<String> answer = life.tryPut(CrashLab.GRAPH, crash.changed());
    if (answer.statusCode() < 300) {
      return true;
    }
    assertThat(answer.body()).as("status %d", answer.statusCode()).startsWith("{");
    JsonObject problem = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertThat(problem.get("detail").getAsString()).isNotEmpty();
    refusals.merge(answer.statusCode() + " " + problem.get("code").getAsString(), 1, Integer::sum);
    return false;
  }

  private String state() {
    return life.status(CrashLab.GRAPH).get("state").getAsString();
  }

  /** What functions were told, and what they are to find. */
  private List<String> settings() throws IOException {
    try (Stream<Path> files = Files.walk(state.resolve("instances"))) {
      List<String> found = new ArrayList<>();
      for (Path file : files.filter(FullDiskTest::isSetting).sorted().toList()) {
        found.add(file + " " + Files.readString(file));
      }
      return found;
    }
  }

  private static boolean isSetting(Path file) {
    return file.endsWith("started") || file.endsWith("configuration.json");
  }

  /** Fills the disk but for some pages. */
  private void leave(int pages) throws IOException {
    try (OutputStream out = Files.newOutputStream(state.resolve("filler"))) {
      byte[] page = new byte[PAGE];
      for (long room = pagesOfRoom(); room > pages; room--) {
        out.write(page);
      }
    }
  }

  private void makeRoom() throws IOException {
    Files.delete(state.resolve("filler"));
  }

  private long pagesOfRoom() throws IOException {
    return Files.getFileStore(state).getUsableSpace() / PAGE;
  }
}
