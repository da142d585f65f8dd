package org.universalnode.node.security;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.universalnode.node.store.SqliteFile;

/** Accounts, groups, and whose graphs are, in a database. Thread-safe. */
final class SecurityStore implements AutoCloseable {
  private static final int VERSION = 1;
  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE IF NOT EXISTS team (name TEXT PRIMARY KEY) STRICT",
          """
          CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, team TEXT NOT NULL,
            role TEXT NOT NULL, kept TEXT NOT NULL) STRICT
          """,
          """
          CREATE TABLE IF NOT EXISTS ownership (graph TEXT PRIMARY KEY, owner TEXT NOT NULL,
            team TEXT NOT NULL, owner_may TEXT NOT NULL, team_may TEXT NOT NULL,
            all_may TEXT NOT NULL) STRICT
          """,
          "PRAGMA user_version = " + VERSION);

  private final Connection connection;

  private SecurityStore(Connection connection) {
    this.connection = connection;
  }

  static SecurityStore open(Path file) {
    Connection connection = SqliteFile.open(file, VERSION);
    try (Statement statement = connection.createStatement()) {
      for (String line : SCHEMA) {
        statement.execute(line);
      }
      return new SecurityStore(connection);
    } catch (SQLException e) {
      throw SqliteFile.failure("open " + file, e);
    }
  }

  synchronized Set<String> groups() {
    Set<String> groups = new TreeSet<>();
    read("SELECT name FROM team", row -> groups.add(row.getString(1)));
    return groups;
  }

  synchronized Map<String, StoredAccount> accounts() {
    Map<String, StoredAccount> accounts = new TreeMap<>();
    read(
        "SELECT name, team, role, kept FROM account",
        row -> {
          Role role = Role.of(row.getString(3)).orElse(Role.READ_ONLY);
          Account account = new Account(row.getString(1), row.getString(2), role);
          accounts.put(account.name(), new StoredAccount(account, row.getString(4)));
        });
    return accounts;
  }

  synchronized Map<String, Ownership> ownerships() {
    Map<String, Ownership> all = new TreeMap<>();
    read(
        "SELECT graph, owner, team, owner_may, team_may, all_may FROM ownership",
        row -> {
          Permissions permissions =
              new Permissions(permission(row, 4), permission(row, 5), permission(row, 6));
          all.put(row.getString(1), new Ownership(row.getString(2), row.getString(3), permissions));
        });
    return all;
  }

  void save(StoredAccount stored) {
    Account account = stored.account();
    write(
        "INSERT OR REPLACE INTO account (name, team, role, kept) VALUES (?, ?, ?, ?)",
        account.name(),
        account.group(),
        account.role().word(),
        stored.kept());
  }

  void removeAccount(String name) {
    write("DELETE FROM account WHERE name = ?", name);
  }

  void addGroup(String name) {
    write("INSERT OR IGNORE INTO team (name) VALUES (?)", name);
  }

  void removeGroup(String name) {
    write("DELETE FROM team WHERE name = ?", name);
  }

  void save(String graph, Ownership ownership) {
    Permissions may = ownership.permissions();
    write(
        "INSERT OR REPLACE INTO ownership (graph, owner, team, owner_may, team_may, all_may)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        graph,
        ownership.owner(),
        ownership.group(),
        may.owner().text(),
        may.group().text(),
        may.all().text());
  }

  void removeOwnership(String graph) {
    write("DELETE FROM ownership WHERE graph = ?", graph);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqliteFile.failure("close the accounts", e);
    }
  }

  private static Permission permission(ResultSet row, int at) throws SQLException {
    return Permission.of(row.getString(at)).orElse(Permission.NOTHING);
  }

  private interface Reader {
    void take(ResultSet row) throws SQLException;
  }

  private void read(String query, Reader reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        reader.take(rows);
      }
    } catch (SQLException e) {
      throw SqliteFile.failure("read the accounts", e);
    }
  }

  private synchronized void write(String statement, String... values) {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (int i = 0; i < values.length; i++) {
        prepared.setString(i + 1, values[i]);
      }
      prepared.executeUpdate();
    } catch (SQLException e) {
      throw SqliteFile.failure("write the accounts", e);
    }
  }
}
