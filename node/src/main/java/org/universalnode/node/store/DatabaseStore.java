package org.universalnode.node.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.node.store.StoredGraph.Stage;
import org.universalnode.node.store.StoredGraph.Version;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** The graphs in a database of SQLite, with a write-ahead log. */
final class DatabaseStore implements GraphStore {
  private static final System.Logger LOG = System.getLogger(DatabaseStore.class.getName());
  private static final int VERSION = 3;

  /** Without what a graph was before a change that is under way. */
  private static final int WITHOUT_EARLIER = 1;

  /** Without how far a change is. */
  private static final int WITHOUT_SWITCHED = 2;

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final List<String> SETTINGS =
      List.of(
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA cache_size = -256",
          "PRAGMA busy_timeout = 5000");
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
    closeToOthers(file);
    return connect(file.toString());
  }

  private static GraphStore connect(String where) {
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + where);
      DatabaseStore store = new DatabaseStore(connection);
      store.prepare();
      return store;
    } catch (SQLException e) {
      throw failure("open " + where, e);
    }
  }

  /** Configurations hold secrets. What SQLite puts beside the file has the file's permissions. */
  private static void closeToOthers(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
      }
      Files.setPosixFilePermissions(file, OWNER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
      throw failure("store graph " + graph.id(), e);
    }
  }

  @Override
  public synchronized void remove(String id) {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM graph WHERE id = ?")) {
      statement.setString(1, id);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw failure("forget graph " + id, e);
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
      throw failure("read the stored graphs", e);
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
      throw failure("close the store", e);
    }
  }

  private void prepare() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : SETTINGS) {
        statement.execute(setting);
      }
      int version;
      try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
        version = row.next() ? row.getInt(1) : 0;
      }
      if (version > VERSION) {
        throw Problem.of(
                Problem.Code.UNSUPPORTED, "the store was written by a newer node (" + version + ")")
            .next("start the newer node, or give another --state folder")
            .asException();
      }
      switch (version) {
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

  private static ProblemException failure(String attempt, SQLException e) {
    Problem problem =
        Problem.of(Problem.Code.INTERNAL, attempt + ": " + e.getMessage())
            .next("see that the disk has room and the state folder can be written");
    return new ProblemException(List.of(problem), e);
  }
}
