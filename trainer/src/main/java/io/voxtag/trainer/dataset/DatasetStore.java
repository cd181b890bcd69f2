package io.voxtag.trainer.dataset;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.trainer.dataset.Catalogue.Row;
import io.voxtag.trainer.dataset.ClipFiles.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Labelled recordings on disk: files named by their SHA-256 in {@code objects}, and an SQLite
 * database of whose they are. How far Kafka was read is stored together with what was read, so that
 * a kill at any moment loses and doubles nothing.
 *
 * <p>The same audio is stored and trained on once. Where records label it with different speakers,
 * the earliest record holds; the others wait until that one is erased. Thread-safe; used by one
 * process at a time.
 */
public final class DatasetStore implements AutoCloseable {

  private final FolderLock lock;
  private final Database database;
  private final Catalogue catalogue;
  private final Ledger ledger;
  private final ClipFiles files;
  private final long maxBytes;

  /**
   * What a change did.
   *
   * @param placement of the record
   * @param evicted what had to go for it
   */
  record Change(Placement placement, List<EnrollmentKey> evicted) {}

  private DatasetStore(FolderLock lock, Database database, Path folder, long maxBytes)
      throws DatasetUnavailableException {
    this.lock = lock;
    this.database = database;
    this.catalogue = new Catalogue(database);
    this.ledger = new Ledger(database);
    this.files = new ClipFiles(folder.resolve("objects"));
    this.maxBytes = maxBytes;
  }

  /**
   * Opens the store of a folder, which is made if it is not there. Files that no row names are
   * removed; where a file is missing, {@code labelled-utterances} will be read anew.
   *
   * @throws DatasetLockedException if the folder is in use
   * @throws DatasetUnavailableException if the database or the disk fails
   * @throws IllegalArgumentException with the name of the setting that is wrong
   */
  public static DatasetStore open(DatasetSettings settings) throws IOException {
    SettingsCheck.verify(settings);
    Path folder = settings.folder().toAbsolutePath().normalize();
    Files.createDirectories(folder);
    FolderLock lock = FolderLock.of(folder);
    Database database = null;
    try {
      database = new Database(folder.resolve("dataset.db"));
      DatasetStore store = new DatasetStore(lock, database, folder, settings.maxBytes());
      store.mend();
      return store;
    } catch (IOException | RuntimeException e) {
      if (database != null) {
        database.close();
      }
      lock.close();
      throw e;
    }
  }

  private void mend() throws IOException {
    sweep();
    StoreRepair repair = new StoreRepair(database, catalogue, ledger, files);
    repair.forgetMissing();
    repair.removeOrphans();
  }

  /**
   * What can be trained on now.
   *
   * @param since only what was recorded then or later; empty for all
   * @throws DatasetUnavailableException if the database fails
   */
  public synchronized DatasetSnapshot snapshot(Optional<Instant> since)
      throws DatasetUnavailableException {
    Instant from = since.orElse(Instant.ofEpochMilli(Long.MIN_VALUE));
    return new DatasetSnapshot(
        Instant.now(), database.transaction(() -> catalogue.used(from, files)));
  }

  /**
   * Whether a recording of a snapshot may no longer be used: it, or its speaker, was erased since,
   * or its key has other audio or no consent now. Eviction alone does not forbid its use.
   *
   * @throws DatasetUnavailableException if the database fails
   */
  public synchronized boolean isErased(StoredUtterance utterance)
      throws DatasetUnavailableException {
    EnrollmentKey key = new EnrollmentKey(utterance.speakerId(), utterance.utteranceId());
    return database.transaction(
        () ->
            catalogue
                .row(key)
                .map(Row::content)
                .filter(content -> content.sha256().equals(utterance.sha256()))
                .isEmpty());
  }

  /**
   * Whether an erasure of the speaker reaches what was published at that time.
   *
   * @throws DatasetUnavailableException if the database fails
   */
  public synchronized boolean isErased(String speakerId, Instant recordTimestamp)
      throws DatasetUnavailableException {
    return database.transaction(() -> reaches(speakerId, recordTimestamp));
  }

  private boolean reaches(String speakerId, Instant recordTimestamp) throws SQLException {
    return ledger.erasedAt(speakerId).filter(at -> !recordTimestamp.isAfter(at)).isPresent();
  }

  /**
   * How much there is.
   *
   * @throws DatasetUnavailableException if the database fails
   */
  public synchronized DatasetSize size() throws DatasetUnavailableException {
    return database.transaction(catalogue::size);
  }

  /** Takes a usable recording, in place of what its key had. */
  synchronized Change put(LabelledClip clip, Position position) throws DatasetUnavailableException {
    if (isErased(clip.key().speakerId(), clip.recordTimestamp())) {
      return new Change(refuse(clip.key(), clip.recordTimestamp(), position), List.of());
    }
    String sha256 = sha256(clip.data());
    Content content =
        database
            .transaction(() -> catalogue.stored(sha256))
            .orElse(new Content(sha256, clip.format()));
    try {
      files.write(content, clip.data());
    } catch (IOException e) {
      throw new DatasetUnavailableException("A recording cannot be stored", e);
    }
    return change(
        () -> {
          ledger.setPosition(position);
          Placement placement = place(clip, content);
          return new Change(placement, catalogue.evictDownTo(maxBytes));
        });
  }

  private Placement place(LabelledClip clip, Content content) throws SQLException {
    Optional<Row> before = catalogue.row(clip.key());
    Optional<Content> old = before.filter(row -> !row.evicted()).map(Row::content);
    boolean same = old.filter(content::equals).isPresent();
    if (before.isPresent()) {
      catalogue.delete(before.get());
    }
    Optional<EnrollmentKey> other = catalogue.usedBefore(clip, content.sha256());
    catalogue.insert(clip, content, same ? before.orElseThrow().addedAt() : Instant.now());
    ledger.settleTombstone(clip.key());
    if (other.isPresent()) {
      return other.get().speakerId().equals(clip.key().speakerId())
          ? Placement.REPEATED
          : Placement.CONTESTED;
    }
    if (same) {
      return Placement.REPEATED;
    }
    return old.isPresent() ? Placement.REPLACED : Placement.ADDED;
  }

  /** The other speaker whom an earlier record labels the same audio with. */
  synchronized Optional<String> contestedBy(LabelledClip clip) throws DatasetUnavailableException {
    String sha256 = sha256(clip.data());
    return database
        .transaction(() -> catalogue.usedBefore(clip, sha256))
        .map(EnrollmentKey::speakerId)
        .filter(speaker -> !speaker.equals(clip.key().speakerId()));
  }

  /** Notes a record that cannot be used; what its key had before goes. */
  synchronized Placement refuse(EnrollmentKey key, Instant recordTimestamp, Position position)
      throws DatasetUnavailableException {
    return change(
        () -> {
          ledger.setPosition(position);
          if (reaches(key.speakerId(), recordTimestamp)) {
            removeErased(key);
            return Placement.ERASED;
          }
          Optional<Row> before = catalogue.row(key);
          if (before.isPresent()) {
            catalogue.delete(before.get());
          }
          catalogue.insertRefused(key, recordTimestamp, Instant.now());
          ledger.settleTombstone(key);
          return Placement.REFUSED;
        });
  }

  private void removeErased(EnrollmentKey key) throws SQLException {
    Optional<Row> before = catalogue.row(key);
    if (before.isPresent()) {
      catalogue.delete(before.get());
    }
    ledger.oweTombstone(key);
  }

  /**
   * Removes one recording, as its tombstone says.
   *
   * @return whether there was one
   */
  synchronized boolean remove(EnrollmentKey key, Position position)
      throws DatasetUnavailableException {
    boolean removed =
        change(
            () -> {
              ledger.setPosition(position);
              ledger.settleTombstone(key);
              Optional<Row> before = catalogue.row(key);
              if (before.isPresent()) {
                catalogue.delete(before.get());
              }
              return before.isPresent();
            });
    if (removed) {
      forgetHistory();
    }
    return removed;
  }

  /**
   * Removes all recordings of a speaker whose records are not later than that, and remembers to
   * refuse them should they come again.
   *
   * @return how many there were
   */
  synchronized int erase(String speaker, Instant at, Position position)
      throws DatasetUnavailableException {
    int erased =
        change(
            () -> {
              ledger.setPosition(position);
              ledger.setErased(speaker, at);
              List<Row> rows = catalogue.rowsUpTo(speaker, at);
              for (Row row : rows) {
                catalogue.delete(row);
                ledger.oweTombstone(row.key());
              }
              return rows.size();
            });
    if (erased > 0) {
      forgetHistory();
    }
    return erased;
  }

  // Pages from before an erasure lie in the write-ahead log until it begins anew.
  private void forgetHistory() throws DatasetUnavailableException {
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** Recordings that were erased here with their speaker, and are still in Kafka. */
  synchronized List<EnrollmentKey> owedTombstones() throws DatasetUnavailableException {
    return database.transaction(ledger::owedTombstones);
  }

  /** Kafka has the tombstone. */
  synchronized void tombstoneWritten(EnrollmentKey key) throws DatasetUnavailableException {
    change(
        () -> {
          ledger.settleTombstone(key);
          return null;
        });
  }

  /** Notes how far records were read that changed nothing. */
  synchronized void advance(Collection<Position> positions) throws DatasetUnavailableException {
    change(
        () -> {
          for (Position position : positions) {
            ledger.setPosition(position);
          }
          return null;
        });
  }

  /** Where to go on; partitions that are not among them from their beginning. */
  synchronized List<Position> positions() throws DatasetUnavailableException {
    return database.transaction(ledger::positions);
  }

  private <T> T change(Database.Work<T> work) throws DatasetUnavailableException {
    T result = database.transaction(work);
    sweep();
    return result;
  }

  /** Removes the files that no row needs; those that cannot be are tried again next time. */
  private void sweep() throws DatasetUnavailableException {
    for (Content content : database.transaction(catalogue::garbage)) {
      try {
        files.delete(content);
      } catch (IOException e) {
        throw new DatasetUnavailableException("A recording cannot be removed", e);
      }
      database.transaction(
          () -> {
            catalogue.forgetGarbage(content);
            return null;
          });
    }
  }

  private static String sha256(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      database.close();
    } finally {
      lock.close();
    }
  }
}
