package org.universalnode.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.PortLabel;
import org.universalnode.node.store.StoredGraph.Stage;
import org.universalnode.node.store.StoredGraph.Version;
import org.universalnode.problem.ProblemException;

class GraphStoreTest {
  @TempDir Path folder;

  @Test
  void whatWasSavedIsThereAfterReopening() {
    StoredGraph graph = graph("g \"1\"", 3, "{\"forwarding-graph\":{}}");
    try (GraphStore store = open()) {
      store.save(graph);
    }
    try (GraphStore store = open()) {
      assertThat(store.all()).containsExactly(graph);
    }
  }

  @Test
  void savingAgainReplacesTheDocument() {
    try (GraphStore store = open()) {
      store.save(graph("g", 1, "{}"));
      store.save(graph("g", 1, "{\"a\":1}"));
      assertThat(store.all())
          .extracting(graph -> graph.wanted().document())
          .containsExactly("{\"a\":1}");
    }
  }

  @Test
  void twoGraphsDoNotShareAnLsi() {
    try (GraphStore store = open()) {
      store.save(graph("g", 1, "{}"));
      assertThatThrownBy(() -> store.save(graph("h", 1, "{}")))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("store graph h");
      assertThat(store.all()).hasSize(1);
    }
  }

  @Test
  void deletionIsRememberedUntilItIsDone() {
    try (GraphStore store = open()) {
      store.save(graph("g", 1, "{}"));
      store.save(deleting(graph("g", 1, "{}")));
      assertThat(store.all()).extracting(StoredGraph::stage).containsExactly(Stage.DELETING);
      store.remove("g");
      store.remove("g");
      assertThat(store.all()).isEmpty();
    }
  }

  @Test
  void oneBrokenRecordDoesNotHideTheOthers() throws Exception {
    try (GraphStore store = open()) {
      store.save(graph("broken", 1, "{}"));
      store.save(graph("whole", 2, "{}"));
      try (Connection sql =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("node.db"));
          Statement statement = sql.createStatement()) {
        statement.execute("UPDATE graph SET placements = '{' WHERE id = 'broken'");
      }
      assertThat(store.all()).extracting(StoredGraph::id).containsExactly("broken", "whole");
      assertThat(store.all().getFirst().wanted().placements()).isEmpty();
      assertThat(store.all().getLast().wanted().placements()).isNotEmpty();
    }
  }

  @Test
  void aFileThatIsNoStoreIsRefusedAndKept() throws Exception {
    Path file = Files.writeString(folder.resolve("node.db"), "this is a letter, not a database");
    assertThatThrownBy(this::open).isInstanceOf(ProblemException.class);
    assertThat(file).hasContent("this is a letter, not a database");
  }

  @Test
  void aChangeUnderWayIsRememberedWithWhatWasBefore() {
    StoredGraph before = graph("g", 1, "{}");
    StoredGraph changing = changing(before, "{\"a\":1}");
    try (GraphStore store = open()) {
      store.save(before);
      store.save(changing);
    }
    try (GraphStore store = open()) {
      assertThat(store.all()).containsExactly(changing);
    }
  }

  @Test
  void aStoreOfANewerFormatIsRefused() throws Exception {
    open().close();
    execute("PRAGMA user_version = 4");
    assertThatThrownBy(this::open)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("newer node (4)");
  }

  @Test
  void aStoreOfTheSecondFormatIsTakenOver() throws Exception {
    execute(
        """
        CREATE TABLE graph (id TEXT PRIMARY KEY, lsi INTEGER NOT NULL UNIQUE CHECK (lsi > 0),
          document TEXT NOT NULL, placements TEXT NOT NULL, earlier_document TEXT,
          earlier_placements TEXT, deleting INTEGER NOT NULL) STRICT
        """,
        "INSERT INTO graph VALUES ('g', 1, '{\"a\":1}', '{}', '{}', '{}', 0)",
        "INSERT INTO graph VALUES ('h', 2, '{}', '{}', NULL, NULL, 1)",
        "PRAGMA user_version = 2");
    Version plain = new Version("{}", Map.of());
    StoredGraph changing =
        new StoredGraph("g", 1, new Version("{\"a\":1}", Map.of()), Optional.of(plain), Stage.OPEN);
    StoredGraph going = new StoredGraph("h", 2, plain, Optional.empty(), Stage.DELETING);
    try (GraphStore store = open()) {
      assertThat(store.all()).containsExactly(changing, going);
      store.save(switched(changing));
    }
    try (GraphStore store = open()) {
      assertThat(store.all()).containsExactly(switched(changing), going);
    }
  }

  @Test
  void aStoreOfTheFirstFormatIsTakenOver() throws Exception {
    execute(
        """
        CREATE TABLE graph (id TEXT PRIMARY KEY, lsi INTEGER NOT NULL UNIQUE CHECK (lsi > 0),
          document TEXT NOT NULL, placements TEXT NOT NULL, deleting INTEGER NOT NULL) STRICT
        """,
        "INSERT INTO graph VALUES ('g', 1, '{}', '{}', 0)",
        "PRAGMA user_version = 1");
    StoredGraph before =
        new StoredGraph("g", 1, new Version("{}", Map.of()), Optional.empty(), Stage.OPEN);
    try (GraphStore store = open()) {
      assertThat(store.all()).containsExactly(before);
      store.save(changing(before, "{\"a\":1}"));
    }
    try (GraphStore store = open()) {
      assertThat(store.all()).containsExactly(changing(before, "{\"a\":1}"));
    }
  }

  private void execute(String... statements) throws Exception {
    try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("node.db"));
        Statement statement = sql.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  /** What a power cut leaves: the log of the store ends anywhere. */
  @Test
  void aLogCutAnywhereLeavesAStateThatWasSaved() throws Exception {
    StoredGraph first = graph("g", 1, "{}");
    StoredGraph second = changing(first, "{\"a\":1}");
    StoredGraph third = deleting(graph("g", 1, "{\"a\":1}"));
    Path file = folder.resolve("node.db");
    Path log = folder.resolve("node.db-wal");
    byte[] whole;
    try (GraphStore store = open()) {
      store.save(first);
      store.save(second);
      store.save(third);
      whole = Files.readAllBytes(log);
      Files.copy(file, folder.resolve("base.db"));
    }
    Set<List<StoredGraph>> seen = new HashSet<>();
    for (int length = 0; length <= whole.length; length++) {
      if (length % 211 == 0 || isAtFrame(length)) {
        Path cut = folder.resolve("cut.db");
        Files.copy(folder.resolve("base.db"), cut, StandardCopyOption.REPLACE_EXISTING);
        Files.write(folder.resolve("cut.db-wal"), Arrays.copyOf(whole, length));
        Files.deleteIfExists(folder.resolve("cut.db-shm"));
        try (GraphStore store = GraphStore.open(cut)) {
          seen.add(store.all());
        }
      }
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(List.of(), List.of(first), List.of(second), List.of(third));
  }

  /** Whether it ends in a header of the log or of one of its pages, or close to one. */
  private static boolean isAtFrame(int length) {
    return Math.max(length - 32, 0) % (24 + 4096) < 24 + 2;
  }

  private static StoredGraph changing(StoredGraph before, String document) {
    Version after = new Version(document, before.wanted().placements());
    return new StoredGraph(
        before.id(), before.lsi(), after, Optional.of(before.wanted()), before.stage());
  }

  private static StoredGraph switched(StoredGraph graph) {
    return new StoredGraph(
        graph.id(), graph.lsi(), graph.wanted(), graph.earlier(), Stage.SWITCHED);
  }

  private static StoredGraph deleting(StoredGraph graph) {
    return new StoredGraph(
        graph.id(), graph.lsi(), graph.wanted(), graph.earlier(), Stage.DELETING);
  }

  private GraphStore open() {
    return GraphStore.open(folder.resolve("node.db"));
  }

  private static StoredGraph graph(String id, int lsi, String document) {
    Placement placement =
        new Placement(
            "firewall",
            "native",
            "/archives/x",
            List.of(PortLabel.parse("lan:0"), PortLabel.parse("wan:0")),
            Map.of("wan", "usvhost"),
            2,
            new Containment(
                Isolation.USER,
                64 << 20,
                20,
                OptionalInt.of(50),
                List.of(Path.of("/etc/hosts")),
                List.of(Path.of("/dev/net/tun"))),
            true,
            Optional.of("firewall-1"),
            1);
    Version version = new Version(document, Map.of("fw", placement));
    return new StoredGraph(id, lsi, version, Optional.empty(), Stage.OPEN);
  }
}
