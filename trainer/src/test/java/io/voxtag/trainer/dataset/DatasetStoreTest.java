package io.voxtag.trainer.dataset;

import static io.voxtag.trainer.dataset.DatasetSamples.at;
import static io.voxtag.trainer.dataset.DatasetSamples.clip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.schemas.EnrollmentKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStoreTest {

  @TempDir private Path folder;

  private DatasetStore store;

  @BeforeEach
  void open() throws IOException {
    store = DatasetStore.open(DatasetSamples.settings(folder));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void whatIsPutIsThereWithItsFileAndItsPositionAfterAReopening() throws IOException {
    put(clip("ann", "1", "hello", 7), 42);

    reopen();

    StoredUtterance stored = used().get(0);
    assertThat(stored.file()).hasContent("hello").isAbsolute();
    assertThat(stored.file().getFileName().toString()).isEqualTo(stored.sha256() + ".flac");
    assertThat(stored.sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    assertThat(stored.recordedAt()).isEqualTo(Instant.ofEpochSecond(7));
    assertThat(stored.consent())
        .isEqualTo(new ConsentGround("explicit consent", null, Instant.EPOCH));
    assertThat(store.positions()).containsExactly(at(42));
    assertThat(store.size()).isEqualTo(new DatasetSize(5, 1, 1));
  }

  @Test
  void theSameRecordAgainChangesNothing() throws IOException {
    assertThat(put(clip("ann", "1", "hello", 7), 1)).isEqualTo(Placement.ADDED);
    List<StoredUtterance> before = used();

    assertThat(put(clip("ann", "1", "hello", 7), 1)).isEqualTo(Placement.REPEATED);

    assertThat(used()).isEqualTo(before);
    assertThat(store.size()).isEqualTo(new DatasetSize(5, 1, 1));
  }

  @Test
  void theSameAudioOfASpeakerUnderAnotherIdCountsOnceUntilTheFirstGoes() throws IOException {
    put(clip("ann", "1", "hello", 1), 1);
    assertThat(put(clip("ann", "2", "hello", 2), 2)).isEqualTo(Placement.REPEATED);
    assertThat(keys()).containsExactly("ann/1");

    store.remove(new EnrollmentKey("ann", "1"), at(3));

    assertThat(keys()).containsExactly("ann/2");
    assertThat(store.size()).isEqualTo(new DatasetSize(5, 1, 1));
    assertThat(used().get(0).file()).hasContent("hello");
  }

  @Test
  void otherAudioUnderTheSameKeyTakesThePlaceOfTheOld() throws IOException {
    put(clip("ann", "1", "hello", 1), 1);

    assertThat(put(clip("ann", "1", "good-bye", 2), 2)).isEqualTo(Placement.REPLACED);

    assertThat(used()).hasSize(1);
    assertThat(files()).containsExactly(used().get(0).file());
    assertThat(used().get(0).file()).hasContent("good-bye");
  }

  @Test
  void ofTwoSpeakersWithTheSameAudioTheEarlierRecordHoldsWhicheverIsReadFirst() throws IOException {
    LabelledClip anns = clip("ann", "1", "hello", 1);
    LabelledClip bobs = clip("bob", "1", "hello", 2);

    put(anns, 1);
    assertThat(store.contestedBy(bobs)).contains("ann");
    assertThat(put(bobs, 2)).isEqualTo(Placement.CONTESTED);
    assertThat(keys()).containsExactly("ann/1");

    try (DatasetStore other = DatasetStore.open(DatasetSamples.settings(folder.resolve("other")))) {
      other.put(bobs, at(1));
      assertThat(other.contestedBy(anns)).isEmpty();
      assertThat(other.put(anns, at(2)).placement()).isEqualTo(Placement.ADDED);
      assertThat(keys(other)).containsExactly("ann/1");
    }
  }

  @Test
  void aCorrectedLabelHoldsWhenTheWrongOneIsErased() throws IOException {
    put(clip("ann", "1", "hello", 1), 1);
    put(clip("bob", "1", "hello", 2), 2);

    store.remove(new EnrollmentKey("ann", "1"), at(3));

    assertThat(keys()).containsExactly("bob/1");
    assertThat(store.size()).isEqualTo(new DatasetSize(5, 1, 1));
  }

  @Test
  void erasingASpeakerRemovesWhatIsNotLaterAndRefusesItForEver() throws IOException {
    put(clip("ann", "old", "one", 10), 1);
    put(clip("ann", "new", "two", 12), 2);
    put(clip("bob", "1", "three", 10), 3);
    List<StoredUtterance> before = used();

    int erased = store.erase("ann", Instant.ofEpochSecond(11), at(4));

    assertThat(erased).isEqualTo(1);
    assertThat(keys()).containsExactly("ann/new", "bob/1");
    assertThat(files()).hasSize(2);
    assertThat(before.stream().filter(this::isErased).map(StoredUtterance::utteranceId))
        .containsExactly("old");
    reopen();
    assertThat(put(clip("ann", "again", "four", 11), 5)).isEqualTo(Placement.ERASED);
    assertThat(store.isErased("ann", Instant.ofEpochSecond(11))).isTrue();
    assertThat(store.isErased("ann", Instant.ofEpochSecond(12))).isFalse();
    assertThat(keys()).containsExactly("ann/new", "bob/1");
    assertThat(files()).hasSize(2);
  }

  @Test
  void anEarlierErasureReadLaterTakesNothingBack() throws IOException {
    store.erase("ann", Instant.ofEpochSecond(20), at(1));
    store.erase("ann", Instant.ofEpochSecond(10), at(2));

    assertThat(store.isErased("ann", Instant.ofEpochSecond(20))).isTrue();
  }

  @Test
  void audioOfTwoSpeakersStaysForTheOneWhoIsNotErased() throws IOException {
    put(clip("ann", "1", "hello", 1), 1);
    put(clip("bob", "1", "hello", 2), 2);

    store.erase("ann", Instant.ofEpochSecond(5), at(3));

    assertThat(keys()).containsExactly("bob/1");
    assertThat(files()).hasSize(1);
  }

  @Test
  void kafkaIsOwedTombstonesOfAllThatWasErasedWithASpeakerAndNotReplacedSince() throws IOException {
    put(clip("ann", "1", "one", 1), 1);
    put(clip("ann", "2", "two", 1), 2);
    store.refuse(new EnrollmentKey("ann", "3"), Instant.ofEpochSecond(1), at(3));
    store.erase("ann", Instant.ofEpochSecond(5), at(4));
    put(clip("ann", "late", "three", 4), 5);
    put(clip("ann", "2", "two", 6), 6);

    assertThat(store.owedTombstones())
        .extracting(EnrollmentKey::utteranceId)
        .containsExactlyInAnyOrder("1", "3", "late");

    store.tombstoneWritten(new EnrollmentKey("ann", "1"));
    store.remove(new EnrollmentKey("ann", "3"), at(7));
    assertThat(store.owedTombstones()).containsExactly(new EnrollmentKey("ann", "late"));
  }

  @Test
  void aRecordThatIsRefusedTakesTheOldOneOfItsKeyWithIt() throws IOException {
    put(clip("ann", "1", "one", 1), 1);
    StoredUtterance before = used().get(0);

    store.refuse(new EnrollmentKey("ann", "1"), Instant.ofEpochSecond(2), at(2));

    assertThat(used()).isEmpty();
    assertThat(files()).isEmpty();
    assertThat(isErased(before)).isTrue();
    assertThat(store.size()).isEqualTo(new DatasetSize(0, 0, 0));
  }

  @Test
  void whenItIsFullTheOldestRecordingOfTheLargestSpeakerGoes() throws IOException {
    store.close();
    store =
        DatasetStore.open(
            DatasetSamples.settings(folder, "max-bytes", "3000", "max-clip-bytes", "1024"));
    put(clip("bob", "oldest", "b".repeat(900), 1), 1);
    put(clip("ann", "2", "x".repeat(1000), 6), 2);
    put(clip("ann", "1", "y".repeat(1000), 5), 3);
    StoredUtterance going = used().get(0);

    DatasetStore.Change change = store.put(clip("cy", "1", "z".repeat(500), 7), at(4));

    assertThat(change.evicted()).containsExactly(new EnrollmentKey("ann", "1"));
    assertThat(keys()).containsExactly("ann/2", "bob/oldest", "cy/1");
    assertThat(files()).hasSize(3);
    assertThat(store.size()).isEqualTo(new DatasetSize(2400, 3, 3));
    // Nobody forbade its use.
    assertThat(isErased(going)).isFalse();
  }

  @Test
  void filesThatAKillLeftBehindAreRemovedAtTheNextStart() throws IOException {
    put(clip("ann", "1", "one", 1), 1);
    Path torn = folder.resolve("objects/ab/abcd.flac.part");
    Path unnamed = folder.resolve("objects/ab/abcd.flac");
    Files.createDirectories(torn.getParent());
    Files.writeString(torn, "half a clip");
    Files.writeString(unnamed, "a clip without a row");

    reopen();

    assertThat(files()).containsExactly(used().get(0).file());
  }

  @Test
  void whereAFileIsMissingTheTopicIsReadAgain() throws IOException {
    put(clip("ann", "1", "one", 1), 1);
    put(clip("ann", "2", "two", 1), 2);
    store.advance(List.of(new Position("enrollments", 0, 9)));
    Files.delete(used().get(0).file());

    reopen();

    assertThat(keys()).containsExactly("ann/2");
    assertThat(store.positions()).containsExactly(new Position("enrollments", 0, 9));
    put(clip("ann", "1", "one", 1), 1);
    assertThat(keys()).containsExactly("ann/1", "ann/2");
    assertThat(store.size()).isEqualTo(new DatasetSize(6, 1, 2));
  }

  @Test
  void aDiskThatFailsChangesNothing() throws IOException {
    put(clip("ann", "1", "one", 1), 1);
    // "two" has the digest 3fc4...
    Path inTheWay = folder.resolve("objects/3f");
    Files.writeString(inTheWay, "no folder");

    assertThatThrownBy(() -> put(clip("ann", "2", "two", 2), 2))
        .isInstanceOf(DatasetUnavailableException.class)
        .hasMessageContaining("cannot be stored");
    assertThat(store.positions()).containsExactly(at(1));
    assertThat(keys()).containsExactly("ann/1");

    Files.delete(inTheWay);
    put(clip("ann", "2", "two", 2), 2);
    assertThat(keys()).containsExactly("ann/1", "ann/2");
  }

  @Test
  void aSecondStoreOnTheSameFolderIsRefused() {
    assertThatThrownBy(() -> DatasetStore.open(DatasetSamples.settings(folder)))
        .isInstanceOf(DatasetLockedException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("voxtag.trainer.dataset.folder");
  }

  @Test
  void aLimitBelowOneClipIsRefusedByItsKey() {
    assertThatThrownBy(
            () ->
                DatasetStore.open(
                    DatasetSamples.settings(folder.resolve("other"), "max-bytes", "10")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voxtag.trainer.dataset.max-bytes is 10");
  }

  @Test
  void aSnapshotSinceATimeHasWhatWasRecordedThenOrLater() throws IOException {
    put(clip("ann", "1", "one", 1), 1);
    put(clip("ann", "2", "two", 2), 2);
    put(clip("ann", "3", "three", 3), 3);

    DatasetSnapshot snapshot = store.snapshot(Optional.of(Instant.ofEpochSecond(2)));

    assertThat(snapshot.utterances())
        .extracting(StoredUtterance::utteranceId)
        .containsExactly("2", "3");
  }

  private Placement put(LabelledClip clip, long nextOffset) throws IOException {
    return store.put(clip, at(nextOffset)).placement();
  }

  private void reopen() throws IOException {
    store.close();
    store = DatasetStore.open(DatasetSamples.settings(folder));
  }

  private List<StoredUtterance> used() throws IOException {
    return store.snapshot(Optional.empty()).utterances();
  }

  private boolean isErased(StoredUtterance utterance) {
    try {
      return store.isErased(utterance);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> keys() throws IOException {
    return keys(store);
  }

  private static List<String> keys(DatasetStore store) throws IOException {
    return store.snapshot(Optional.empty()).utterances().stream()
        .map(utterance -> utterance.speakerId() + "/" + utterance.utteranceId())
        .toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
