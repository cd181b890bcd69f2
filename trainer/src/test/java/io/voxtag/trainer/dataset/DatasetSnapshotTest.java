package io.voxtag.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSnapshotTest {

  @TempDir private Path folder;

  @Test
  void trainingReadsTheListThatIsWritten() throws IOException {
    DatasetSnapshot snapshot =
        new DatasetSnapshot(
            Instant.EPOCH,
            List.of(utterance("ann", "a"), utterance("bob", "b"), utterance(" ann", "c")));
    Path list = folder.resolve("run/train_list.txt");

    int lines = snapshot.writeList(list, speaker -> !speaker.equals("bob"));

    assertThat(lines).isEqualTo(2);
    TrainingList read = TrainingList.read(list, folder);
    assertThat(read.speakers()).containsExactly("ann", "%20ann");
    assertThat(read.utterances())
        .extracting(TrainingList.Utterance::file)
        .containsExactly(folder.resolve("a.flac"), folder.resolve("c.flac"));
    assertThat(snapshot.speakers()).containsExactly(" ann", "ann", "bob");
  }

  @Test
  void differentSpeakersHaveDifferentNamesInTheList() {
    assertThat(DatasetSnapshot.listName("Ann Lee")).isEqualTo("Ann Lee");
    assertThat(DatasetSnapshot.listName("100%")).isEqualTo("100%25");
    assertThat(DatasetSnapshot.listName("%20ann")).isEqualTo("%2520ann");
    assertThat(DatasetSnapshot.listName("  ")).isEqualTo("%20%20");
    assertThat(DatasetSnapshot.listName("ann\u3000")).isEqualTo("ann%3000");
  }

  private StoredUtterance utterance(String speaker, String name) {
    return new StoredUtterance(
        speaker,
        name,
        folder.resolve(name + ".flac"),
        "00",
        AudioFormat.FLAC,
        1,
        Duration.ofSeconds(1),
        "test",
        new ConsentGround("explicit consent", null, Instant.EPOCH),
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
