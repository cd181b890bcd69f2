package io.voxtag.trainer.dataset;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.trainer.dataset.ClipFiles.Content;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the store. Every method but the constructor runs within a transaction of the caller.
 *
 * <p>There is a row for each key that is live in {@code labelled-utterances}, whatever became of
 * its audio. Of the rows with the same content one is USED: the one whose record is the earliest,
 * so that the order in which partitions are read decides nothing. The others are SPARE, and take
 * its place when it goes.
 */
final class Catalogue {

  private static final String LIVE = "state IN ('USED', 'SPARE')";

  private final Database database;

  /**
   * A row, as far as its audio goes.
   *
   * @param content null where the row is of a record that was refused
   */
  record Row(
      EnrollmentKey key,
      boolean evicted,
      @Nullable Content content,
      Instant recordTimestamp,
      Instant addedAt) {}

  Catalogue(Database database) throws DatasetUnavailableException {
    this.database = database;
    CatalogueSchema.prepare(database);
  }

  Optional<Row> row(EnrollmentKey key) throws SQLException {
    return database.first(
        "SELECT * FROM utterances WHERE speaker = ? AND utterance = ?",
        Catalogue::row,
        key.speakerId(),
        key.utteranceId());
  }

  List<Row> rowsUpTo(String speaker, Instant at) throws SQLException {
    return database.list(
        "SELECT * FROM utterances WHERE speaker = ? AND record_timestamp <= ?",
        Catalogue::row,
        speaker,
        at.toEpochMilli());
  }

  /** The files that must be there, with their lengths. */
  <T> List<T> liveContents(BiFunction<Content, Long, T> each) throws SQLException {
    return database.list(
        "SELECT DISTINCT sha256, format, bytes FROM utterances WHERE " + LIVE,
        row -> each.apply(content(row), row.getLong("bytes")));
  }

  /** The content as it is stored already, maybe under another declared format. */
  Optional<Content> stored(String sha256) throws SQLException {
    return database.first(
        "SELECT sha256, format FROM utterances WHERE sha256 = ? AND " + LIVE,
        Catalogue::content,
        sha256);
  }

  /** Whose label of the content comes before a record; empty where that record's own does. */
  Optional<EnrollmentKey> usedBefore(LabelledClip clip, String sha256) throws SQLException {
    return database.first(
        """
        SELECT speaker, utterance FROM utterances WHERE sha256 = ? AND state = 'USED'
          AND (record_timestamp, speaker, utterance) < (?, ?, ?)""",
        Catalogue::key,
        sha256,
        clip.recordTimestamp().toEpochMilli(),
        clip.key().speakerId(),
        clip.key().utteranceId());
  }

  void insert(LabelledClip clip, Content content, Instant addedAt) throws SQLException {
    database.update(
        "INSERT INTO utterances VALUES (?, ?, 'SPARE', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        clip.key().speakerId(),
        clip.key().utteranceId(),
        content.sha256(),
        content.format().name(),
        clip.data().length,
        clip.duration().toMillis(),
        clip.source(),
        clip.consent().basis(),
        clip.consent().reference(),
        clip.consent().givenAt().toEpochMilli(),
        clip.recordedAt().toEpochMilli(),
        clip.recordTimestamp().toEpochMilli(),
        addedAt.toEpochMilli());
    database.update(
        "DELETE FROM garbage WHERE sha256 = ? AND format = ?",
        content.sha256(),
        content.format().name());
    settle(content);
  }

  void insertRefused(EnrollmentKey key, Instant recordTimestamp, Instant addedAt)
      throws SQLException {
    database.update(
        """
        INSERT INTO utterances (speaker, utterance, state, record_timestamp, added_at)
          VALUES (?, ?, 'REFUSED', ?, ?)""",
        key.speakerId(),
        key.utteranceId(),
        recordTimestamp.toEpochMilli(),
        addedAt.toEpochMilli());
  }

  void delete(Row row) throws SQLException {
    database.update(
        "DELETE FROM utterances WHERE speaker = ? AND utterance = ?",
        row.key().speakerId(),
        row.key().utteranceId());
    if (row.content() != null && !row.evicted()) {
      settle(row.content());
    }
  }

  /** Removes all that has a content. */
  void deleteContent(Content content) throws SQLException {
    database.update("DELETE FROM utterances WHERE sha256 = ? AND " + LIVE, content.sha256());
  }

  /** Chooses the row that a content is used for; what no row wants is garbage. */
  private void settle(Content content) throws SQLException {
    Optional<EnrollmentKey> first =
        database.first(
            "SELECT speaker, utterance FROM utterances WHERE sha256 = ? AND "
                + LIVE
                + " ORDER BY record_timestamp, speaker, utterance LIMIT 1",
            Catalogue::key,
            content.sha256());
    if (first.isEmpty()) {
      discard(content);
      return;
    }
    String speaker = first.get().speakerId();
    String utterance = first.get().utteranceId();
    database.update(
        """
        UPDATE utterances SET state = 'SPARE'
          WHERE sha256 = ? AND state = 'USED' AND (speaker, utterance) <> (?, ?)""",
        content.sha256(),
        speaker,
        utterance);
    database.update(
        """
        UPDATE utterances SET state = 'USED'
          WHERE speaker = ? AND utterance = ? AND state = 'SPARE'""",
        speaker,
        utterance);
  }

  private void discard(Content content) throws SQLException {
    database.update(
        "INSERT OR IGNORE INTO garbage VALUES (?, ?)", content.sha256(), content.format().name());
  }

  DatasetSize size() throws SQLException {
    return database
        .first(
            """
            SELECT coalesce(sum(bytes), 0), count(*), coalesce(sum(utterances), 0)
              FROM speaker_sizes""",
            row -> new DatasetSize(row.getLong(1), row.getLong(2), row.getLong(3)))
        .orElseThrow();
  }

  /** Gives up recordings until no more bytes than that are left. */
  List<EnrollmentKey> evictDownTo(long maxBytes) throws SQLException {
    List<EnrollmentKey> evicted = new ArrayList<>();
    long bytes = size().bytes();
    while (bytes > maxBytes) {
      EnrollmentKey key = oldestOfTheLargestSpeaker();
      Content content = row(key).map(Row::content).orElseThrow();
      database.update(
          "UPDATE utterances SET state = 'EVICTED' WHERE sha256 = ? AND " + LIVE, content.sha256());
      discard(content);
      evicted.add(key);
      bytes = size().bytes();
    }
    return evicted;
  }

  private EnrollmentKey oldestOfTheLargestSpeaker() throws SQLException {
    return database
        .first(
            """
            SELECT speaker, utterance FROM utterances
              WHERE state = 'USED' AND speaker =
                (SELECT speaker FROM speaker_sizes ORDER BY bytes DESC, speaker LIMIT 1)
              ORDER BY recorded_at, utterance LIMIT 1""",
            Catalogue::key)
        .orElseThrow();
  }

  List<Content> garbage() throws SQLException {
    return database.list("SELECT sha256, format FROM garbage", Catalogue::content);
  }

  void forgetGarbage(Content content) throws SQLException {
    database.update(
        "DELETE FROM garbage WHERE sha256 = ? AND format = ?",
        content.sha256(),
        content.format().name());
  }

  /** What can be trained on, by speaker and utterance. */
  List<StoredUtterance> used(Instant recordedSince, ClipFiles files) throws SQLException {
    return database.list(
        """
        SELECT * FROM utterances WHERE state = 'USED' AND recorded_at >= ?
          ORDER BY speaker, utterance""",
        row -> utterance(row, files),
        recordedSince.toEpochMilli());
  }

  private static StoredUtterance utterance(ResultSet row, ClipFiles files) throws SQLException {
    Content content = content(row);
    return new StoredUtterance(
        row.getString("speaker"),
        row.getString("utterance"),
        files.path(content),
        content.sha256(),
        content.format(),
        row.getLong("bytes"),
        Duration.ofMillis(row.getLong("duration_ms")),
        row.getString("source"),
        new ConsentGround(
            row.getString("consent_basis"),
            row.getString("consent_reference"),
            instant(row, "consent_given_at")),
        instant(row, "recorded_at"),
        instant(row, "record_timestamp"),
        instant(row, "added_at"));
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        key(row),
        row.getString("state").equals("EVICTED"),
        row.getString("sha256") == null ? null : content(row),
        instant(row, "record_timestamp"),
        instant(row, "added_at"));
  }

  private static EnrollmentKey key(ResultSet row) throws SQLException {
    return new EnrollmentKey(row.getString("speaker"), row.getString("utterance"));
  }

  private static Content content(ResultSet row) throws SQLException {
    return new Content(row.getString("sha256"), AudioFormat.valueOf(row.getString("format")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
