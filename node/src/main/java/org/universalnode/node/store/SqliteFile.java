package org.universalnode.node.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** Databases of SQLite that only the node's user reads, with a write-ahead log. */
public final class SqliteFile {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final List<String> SETTINGS =
      List.of(
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL",
          "PRAGMA cache_size = -256",
          "PRAGMA busy_timeout = 5000");

  private SqliteFile() {}

  /**
   * Opens the file, which is made if it is not there.
   *
   * @param version of what this node writes
   * @throws ProblemException if that can't be, or a newer node wrote it
   */
  public static Connection open(Path file, int version) {
    closeToOthers(file);
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        for (String setting : SETTINGS) {
          statement.execute(setting);
        }
      }
      requireNotNewer(connection, version);
      return connection;
    } catch (SQLException e) {
      throw failure("open " + file, e);
    }
  }

  /** Version of what is in it; 0 if that is nothing yet. */
  public static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** What went wrong, as a problem. */
  public static ProblemException failure(String attempt, SQLException e) {
    Problem problem =
        Problem.of(Problem.Code.INTERNAL, attempt + ": " + e.getMessage())
            .next("see that the disk has room and the state folder can be written");
    return new ProblemException(List.of(problem), e);
  }

  private static void requireNotNewer(Connection connection, int known) throws SQLException {
    int version = version(connection);
    if (version > known) {
      connection.close();
      throw Problem.of(
              Problem.Code.UNSUPPORTED, "the store was written by a newer node (" + version + ")")
          .next("start the newer node, or give another --state folder")
          .asException();
    }
  }

  /** They hold secrets. What SQLite puts beside the file has the file's permissions. */
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
}
