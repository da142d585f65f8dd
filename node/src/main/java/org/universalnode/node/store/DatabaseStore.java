package org.universalnode.node.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.node.store.StoredGraph.Stage;
import org.universalnode.node.store.StoredGraph.Version;
import org.universalnode.problem.ProblemException;

/** The graphs in a database of SQLite, with a write-ahead log. */
final class DatabaseStore implements GraphStore {
  private static final System.Logger LOG = System.getLogger(DatabaseStore.class.getName());
  private static final int VERSION = 3;

  /** Without what a graph was before a change that is under way. */
  private static final int WITHOUT_EARLIER = 1;

  /** Without how far a change is. */
  private static final int WITHOUT_SWITCHED = 2;

  private static final String SCHEMA =
      """
      CREATE TABLE IF NOT EXISTS graph (
        id                 TEXT PRIMARY KEY,
        lsi                INTEGER NOT NULL UNIQUE CHECK (lsi > 0),
        document           TEXT NOT NULL,
        placements         TEXT NOT NULL,
        earlier_document   TEXT,
        earlier_placements TEXT,
        deleting           INTEGER NOT NULL,
        switched           INTEGER NOT NULL DEFAULT 0
      ) STRICT
      """;
  private static final String SAVE =
      """
      INSERT INTO graph (id, lsi, document, placements, earlier_document, earlier_placements,
        deleting, switched) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET lsi = excluded.lsi, document = excluded.document,
        placements = excluded.placements, earlier_document = excluded.earlier_document,
        earlier_placements = excluded.earlier_placements, deleting = excluded.deleting,
        switched = excluded.switched
      """;

  private final Connection connection;

  private DatabaseStore(Connection connection) {
    this.connection = connection;
  }

  static GraphStore open(Path file) {
    DatabaseStore store = new DatabaseStore(SqliteFile.open(file, VERSION));
    try {
      store.prepare();
      return store;
    } catch (SQLException e) {
      throw SqliteFile.failure("open " + file, e);
    }
  }

  @Override
  public synchronized void save(StoredGraph graph) {
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      statement.setString(1, graph.id());
      statement.setInt(2, graph.lsi());
      set(statement, 3, Optional.of(graph.wanted()));
      set(statement, 5, graph.earlier());
      statement.setBoolean(7, graph.stage() == Stage.DELETING);
      statement.setBoolean(8, graph.stage() == Stage.SWITCHED);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw SqliteFile.failure("store graph " + graph.id(), e);
    }
  }

  @Override
  public synchronized void remove(String id) {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM graph WHERE id = ?")) {
      statement.setString(1, id);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw SqliteFile.failure("forget graph " + id, e);
    }
  }

  @Override
  public synchronized List<StoredGraph> all() {
    List<StoredGraph> graphs = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, lsi, document, placements, earlier_document, earlier_placements,"
                    + " deleting, switched FROM graph ORDER BY id")) {
      while (rows.next()) {
        String id = rows.getString(1);
        graphs.add(
            new StoredGraph(
                id,
                rows.getInt(2),
                version(id, rows, 3).orElseThrow(),
                version(id, rows, 5),
                stage(rows)));
      }
      return graphs;
    } catch (SQLException e) {
      throw SqliteFile.failure("read the stored graphs", e);
    }
  }

  private static void set(PreparedStatement statement, int at, Optional<Version> version)
      throws SQLException {
    statement.setString(at, version.map(Version::document).orElse(null));
    statement.setString(
        at + 1, version.map(Version::placements).map(PlacementText::write).orElse(null));
  }

  private static Stage stage(ResultSet rows) throws SQLException {
    if (rows.getBoolean(7)) {
      return Stage.DELETING;
    }
    return rows.getBoolean(8) ? Stage.SWITCHED : Stage.OPEN;
  }

  private static Optional<Version> version(String id, ResultSet rows, int at) throws SQLException {
    Optional<String> placements = Optional.ofNullable(rows.getString(at + 1));
    return Optional.ofNullable(rows.getString(at))
        .map(document -> new Version(document, placements(id, placements.orElse("{}"))));
  }

  /**
   * Of a broken record nothing is known to run; that must not keep the other graphs from coming.
   */
  private static Map<String, Placement> placements(String id, String text) {
    try {
      return PlacementText.read(text);
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.ERROR, "the placements of graph {0} are broken: {1}", id, e);
      return Map.of();
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteFile.failure("close the store", e);
    }
  }

  private void prepare() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      switch (SqliteFile.version(connection)) {
        case WITHOUT_EARLIER ->
            add(
                statement,
                List.of(
                    "earlier_document TEXT",
                    "earlier_placements TEXT",
                    "switched INTEGER NOT NULL DEFAULT 0"));
        case WITHOUT_SWITCHED -> add(statement, List.of("switched INTEGER NOT NULL DEFAULT 0"));
        default -> {}
      }
      statement.execute(SCHEMA);
      statement.execute("PRAGMA user_version = " + VERSION);
    }
  }

  /** All at once or not at all. */
  private static void add(Statement statement, List<String> columns) throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    for (String column : columns) {
      statement.execute("ALTER TABLE graph ADD COLUMN " + column);
    }
    statement.execute("PRAGMA user_version = " + VERSION);
    statement.execute("COMMIT");
  }
}
