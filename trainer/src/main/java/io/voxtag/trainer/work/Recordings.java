package io.voxtag.trainer.work;

import io.voxtag.trainer.dataset.DatasetSnapshot;
import io.voxtag.trainer.dataset.DatasetStore;
import io.voxtag.trainer.dataset.LabelledDataConsumer;
import io.voxtag.trainer.run.Recording;
import io.voxtag.trainer.run.RunStoppedException;
import io.voxtag.trainer.run.RunStoppedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The labelled recordings as runs use them. Thread-safe. */
public final class Recordings {

  private static final long POLL_MS = 100;

  private final DatasetStore store;
  private final LabelledDataConsumer consumer;

  public Recordings(DatasetStore store, LabelledDataConsumer consumer) {
    this.store = store;
    this.consumer = consumer;
  }

  /**
   * What can be trained on, once everything is there that was published before this was asked.
   *
   * @param since recorded then or later; empty for all
   * @param stopping whether to give up waiting
   */
  List<Recording> since(Optional<Instant> since, BooleanSupplier stopping)
      throws IOException, InterruptedException {
    while (!consumer.isCaughtUp()) {
      if (stopping.getAsBoolean()) {
        throw new RunStoppedException(Reason.TRAINER_STOPS);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return store.snapshot(since).utterances().stream()
        .map(
            utterance ->
                new Recording(
                    DatasetSnapshot.listName(utterance.speakerId()),
                    utterance.file(),
                    utterance.source()))
        .toList();
  }

  /** Whether it may still be used: the file goes with an erasure. */
  static boolean isThere(Recording recording) {
    return Files.exists(recording.file());
  }

  /** The recordings that are still there, with the sources that the store knows. */
  List<Recording> withSources(List<Recording> recordings) throws IOException {
    Map<Path, String> sources = new HashMap<>();
    store
        .snapshot(Optional.empty())
        .utterances()
        .forEach(utterance -> sources.put(utterance.file(), utterance.source()));
    return recordings.stream()
        .filter(recording -> sources.containsKey(recording.file()))
        .map(
            recording ->
                new Recording(recording.speaker(), recording.file(), sources.get(recording.file())))
        .toList();
  }
}
