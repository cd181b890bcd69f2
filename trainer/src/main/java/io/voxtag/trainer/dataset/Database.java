package io.voxtag.trainer.dataset;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * One connection to an SQLite file. What is committed survives a loss of power. Not thread-safe.
 */
final class Database implements AutoCloseable {

  private final Path file;
  private final Connection connection;

  /** Reads a row. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** What happens as a whole or not at all. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  Database(Path file) throws DatasetUnavailableException {
    this.file = file;
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    try {
      connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs statements that are none of a transaction's. */
  void execute(String... statements) throws DatasetUnavailableException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  <T> T transaction(Work<T> work) throws DatasetUnavailableException {
    execute("BEGIN IMMEDIATE");
    T result;
    try {
      result = work.run();
    } catch (SQLException e) {
      DatasetUnavailableException failure = failure(e);
      rollback(failure);
      throw failure;
    } catch (RuntimeException e) {
      rollback(e);
      throw e;
    }
    try {
      execute("COMMIT");
    } catch (DatasetUnavailableException e) {
      rollback(e);
      throw e;
    }
    return result;
  }

  // A full disk may have rolled back already, and then there is nothing to roll back.
  private void rollback(Exception cause) {
    try {
      execute("ROLLBACK");
    } catch (DatasetUnavailableException e) {
      cause.addSuppressed(e);
    }
  }

  /** Changes rows, within a transaction; tells how many. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... values) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(mapper.map(result));
      }
    }
    return rows;
  }

  /** The first row. */
  <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet result = statement.executeQuery()) {
      return result.next() ? Optional.of(mapper.map(result)) : Optional.empty();
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private DatasetUnavailableException failure(SQLException e) {
    return new DatasetUnavailableException("The database " + file + " fails", e);
  }

  @Override
  public void close() throws DatasetUnavailableException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
