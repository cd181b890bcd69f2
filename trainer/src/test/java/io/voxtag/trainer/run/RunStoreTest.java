package io.voxtag.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

  @TempDir private Path folder;

  @Test
  void runsAreThereAfterARestartAsTheyWere() {
    RunStore store = new RunStore(folder);
    Run first = run("a/../b", 1).in(RunPhase.REJECTED, "too few speakers").told(true);
    store.save(first);
    store.save(run("second", 2));

    RunStore again = new RunStore(folder);

    assertThat(again.find("a/../b")).contains(first);
    assertThat(again.all()).extracting(Run::requestId).containsExactly("a/../b", "second");
    assertThat(again.next()).map(Run::requestId).contains("second");
    assertThat(again.nextNumber()).isEqualTo(3);
  }

  @Test
  void halfAWriteIsNone() throws IOException {
    RunStore store = new RunStore(folder);
    Run run = run("a", 1);
    store.save(run);
    Files.writeString(store.folder(run).resolve("run.json.new"), "{\"requestId\": \"a\", \"num");

    assertThat(new RunStore(folder).find("a")).contains(run);
  }

  @Test
  void idsStayInsideOfTheFolder() {
    RunStore store = new RunStore(folder);
    Run run = run("../../outside", 1);
    store.save(run);

    assertThat(store.folder(run).normalize()).startsWith(folder);
    assertThat(folder.getParent().resolve("outside")).doesNotExist();
  }

  private static Run run(String id, long number) {
    return new Run(
        id,
        number,
        RunPhase.QUEUED,
        null,
        "base",
        Instant.EPOCH,
        Instant.EPOCH,
        "trained-" + number,
        null,
        false);
  }
}
