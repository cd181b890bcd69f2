package io.voxtag.trainer.dataset;

import java.sql.SQLException;

/** The tables of the store, and which layout they have. */
final class CatalogueSchema {

  private static final int VERSION = 1;

  private static final String[] SCHEMA = {
    """
    CREATE TABLE utterances (
      speaker TEXT NOT NULL,
      utterance TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('USED', 'SPARE', 'EVICTED', 'REFUSED')),
      sha256 TEXT,
      format TEXT,
      bytes INTEGER,
      duration_ms INTEGER,
      source TEXT,
      consent_basis TEXT,
      consent_reference TEXT,
      consent_given_at INTEGER,
      recorded_at INTEGER,
      record_timestamp INTEGER NOT NULL,
      added_at INTEGER NOT NULL,
      PRIMARY KEY (speaker, utterance)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX utterances_by_content ON utterances (sha256)",
    "CREATE INDEX utterances_by_age ON utterances (speaker, state, recorded_at)",
    """
    CREATE TABLE speaker_sizes (
      speaker TEXT PRIMARY KEY,
      bytes INTEGER NOT NULL,
      utterances INTEGER NOT NULL
    ) STRICT""",
    // Rows are never inserted as USED.
    """
    CREATE TRIGGER size_of_used AFTER UPDATE OF state ON utterances
      WHEN NEW.state = 'USED' AND OLD.state <> 'USED'
    BEGIN
      INSERT OR IGNORE INTO speaker_sizes VALUES (NEW.speaker, 0, 0);
      UPDATE speaker_sizes SET bytes = bytes + NEW.bytes, utterances = utterances + 1
        WHERE speaker = NEW.speaker;
    END""",
    """
    CREATE TRIGGER size_of_unused AFTER UPDATE OF state ON utterances
      WHEN OLD.state = 'USED' AND NEW.state <> 'USED'
    BEGIN
      UPDATE speaker_sizes SET bytes = bytes - OLD.bytes, utterances = utterances - 1
        WHERE speaker = OLD.speaker;
      DELETE FROM speaker_sizes WHERE speaker = OLD.speaker AND utterances = 0;
    END""",
    """
    CREATE TRIGGER size_of_deleted AFTER DELETE ON utterances WHEN OLD.state = 'USED'
    BEGIN
      UPDATE speaker_sizes SET bytes = bytes - OLD.bytes, utterances = utterances - 1
        WHERE speaker = OLD.speaker;
      DELETE FROM speaker_sizes WHERE speaker = OLD.speaker AND utterances = 0;
    END""",
    "CREATE TABLE erased_speakers (speaker TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT",
    """
    CREATE TABLE offsets (
      topic TEXT NOT NULL,
      partition INTEGER NOT NULL,
      next_offset INTEGER NOT NULL,
      PRIMARY KEY (topic, partition)
    ) STRICT""",
    // Erased here, still in Kafka.
    """
    CREATE TABLE owed_tombstones (
      speaker TEXT NOT NULL,
      utterance TEXT NOT NULL,
      PRIMARY KEY (speaker, utterance)
    ) STRICT""",
    // Files that no row needs any more.
    """
    CREATE TABLE garbage (
      sha256 TEXT NOT NULL,
      format TEXT NOT NULL,
      PRIMARY KEY (sha256, format)
    ) STRICT""",
    "PRAGMA user_version = " + VERSION
  };

  private CatalogueSchema() {}

  /**
   * Makes the tables where there are none.
   *
   * @throws IllegalStateException if another version of Voxtag made them
   */
  static void prepare(Database database) throws DatasetUnavailableException {
    // What is erased shall not be found in the free pages of the file.
    database.execute("PRAGMA secure_delete = ON");
    int version = database.transaction(() -> version(database));
    if (version == 0) {
      database.transaction(
          () -> {
            for (String statement : SCHEMA) {
              database.update(statement);
            }
            return null;
          });
    } else if (version != VERSION) {
      throw new IllegalStateException(
          "The dataset has the layout %d, this version of Voxtag knows %d; set voxtag.trainer.dataset.folder to another folder, which is then filled from Kafka"
              .formatted(version, VERSION));
    }
  }

  private static int version(Database database) throws SQLException {
    return database.first("PRAGMA user_version", row -> row.getInt(1)).orElse(0);
  }
}
