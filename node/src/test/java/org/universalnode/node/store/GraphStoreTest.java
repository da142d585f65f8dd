package org.universalnode.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.PortLabel;
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
      assertThat(store.all()).extracting(StoredGraph::document).containsExactly("{\"a\":1}");
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
      store.markDeleting(graph("g", 1, "{}"));
      assertThat(store.all()).extracting(StoredGraph::deleting).containsExactly(true);
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
      assertThat(store.all().getFirst().placements()).isEmpty();
      assertThat(store.all().getLast().placements()).isNotEmpty();
    }
  }

  @Test
  void aFileThatIsNoStoreIsRefusedAndKept() throws Exception {
    Path file = Files.writeString(folder.resolve("node.db"), "this is a letter, not a database");
    assertThatThrownBy(this::open).isInstanceOf(ProblemException.class);
    assertThat(file).hasContent("this is a letter, not a database");
  }

  private GraphStore open() {
    return GraphStore.open(folder.resolve("node.db"));
  }

  private static StoredGraph graph(String id, int lsi, String document) {
    Placement placement =
        new Placement(
            "firewall",
            "native",
            Path.of("/archives/x"),
            List.of(PortLabel.parse("lan:0"), PortLabel.parse("wan:0")),
            2,
            new Containment(
                Isolation.USER,
                64 << 20,
                20,
                OptionalInt.of(50),
                List.of(Path.of("/etc/hosts")),
                List.of(Path.of("/dev/net/tun"))),
            Optional.of("firewall-1"));
    return new StoredGraph(id, lsi, document, Map.of("fw", placement), false);
  }
}
