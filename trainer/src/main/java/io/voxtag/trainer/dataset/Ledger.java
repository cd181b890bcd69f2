package io.voxtag.trainer.dataset;

import io.voxtag.schemas.EnrollmentKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the store remembers besides its recordings: who was erased, what Kafka has yet to erase, and
 * how far Kafka was read. Every method runs within a transaction of the caller.
 */
final class Ledger {

  private final Database database;

  Ledger(Database database) {
    this.database = database;
  }

  Optional<Instant> erasedAt(String speaker) throws SQLException {
    return database.first(
        "SELECT at FROM erased_speakers WHERE speaker = ?",
        row -> Instant.ofEpochMilli(row.getLong(1)),
        speaker);
  }

  void setErased(String speaker, Instant at) throws SQLException {
    database.update(
        """
        INSERT INTO erased_speakers VALUES (?, ?)
          ON CONFLICT (speaker) DO UPDATE SET at = max(at, excluded.at)""",
        speaker,
        at.toEpochMilli());
  }

  void oweTombstone(EnrollmentKey key) throws SQLException {
    database.update(
        "INSERT OR IGNORE INTO owed_tombstones VALUES (?, ?)", key.speakerId(), key.utteranceId());
  }

  void settleTombstone(EnrollmentKey key) throws SQLException {
    database.update(
        "DELETE FROM owed_tombstones WHERE speaker = ? AND utterance = ?",
        key.speakerId(),
        key.utteranceId());
  }

  List<EnrollmentKey> owedTombstones() throws SQLException {
    return database.list(
        "SELECT speaker, utterance FROM owed_tombstones",
        row -> new EnrollmentKey(row.getString(1), row.getString(2)));
  }

  void setPosition(Position position) throws SQLException {
    database.update(
        "INSERT OR REPLACE INTO offsets VALUES (?, ?, ?)",
        position.topic(),
        position.partition(),
        position.nextOffset());
  }

  void forgetPositions(String topic) throws SQLException {
    database.update("DELETE FROM offsets WHERE topic = ?", topic);
  }

  List<Position> positions() throws SQLException {
    return database.list(
        "SELECT topic, partition, next_offset FROM offsets",
        row -> new Position(row.getString(1), row.getInt(2), row.getLong(3)));
  }
}
