package io.voxtag.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.kafka.KafkaConnection;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TopicReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 between a recording and the next. */
class DatasetKillIT {

  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final int UTTERANCES = 240;
  private static final int SPEAKERS = 6;
  private static final int KILLS = 6;

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  @TempDir private Path folder;

  @Test
  void afterEveryKillEachPublishedRecordingIsThereExactlyOnce() throws Exception {
    Map<String, byte[]> published = new LinkedHashMap<>();
    List<String> bad = new ArrayList<>();
    for (int i = 0; i < UTTERANCES; i++) {
      EnrollmentKey key = new EnrollmentKey("speaker-" + i % SPEAKERS, "utterance-" + i);
      byte[] flac = DatasetSamples.speech(i % SPEAKERS, i);
      LabelledUtterance.Builder record = DatasetSamples.record(key, flac);
      if (i % 24 == 5) {
        bad.add(key.encode());
        record.setConsent(null);
      } else {
        published.put(key.encode(), flac);
      }
      KAFKA.topics().send(Topics.LABELLED_UTTERANCES, key.encode(), record.build());
    }

    Random random = new Random(7);
    Path dataset = folder.resolve("dataset");
    Path log = folder.resolve("consumer.log");
    for (int kill = 1; kill <= KILLS; kill++) {
      long enough = (long) kill * UTTERANCES / (KILLS + 2) + random.nextInt(10);
      Process process = start(dataset, log);
      try {
        await()
            .atMost(DEADLINE)
            .pollInterval(Duration.ofMillis(5))
            // Files come and go while they are counted.
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> !process.isAlive() || files(dataset).size() >= enough);
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      } finally {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(files(dataset)).as("kill %d comes midway", kill).hasSizeLessThan(published.size());
    }

    DatasetSettings settings = DatasetSamples.settings(dataset);
    try (DatasetStore store = DatasetStore.open(settings)) {
      try (LabelledDataConsumer consumer =
              new LabelledDataConsumer(
                  settings,
                  store,
                  KafkaConnection.to(KAFKA.bootstrapServers()),
                  new SimpleMeterRegistry(),
                  error -> {
                    throw new AssertionError(error);
                  });
          TopicReader<byte[]> letters = KAFKA.topics().read(Topics.LABELLED_UTTERANCES.dlq())) {
        await().atMost(DEADLINE).until(() -> store.size().utterances() >= published.size());
        await().atMost(DEADLINE).until(consumer::isCaughtUp);
        assertThat(letters.toEnd().stream().map(letter -> letter.key()).distinct())
            .containsExactlyInAnyOrderElementsOf(bad);
      }
      assertHolds(store, published);
      assertThat(files(dataset)).hasSize(published.size());
    }
  }

  private static void assertHolds(DatasetStore store, Map<String, byte[]> published)
      throws IOException {
    List<StoredUtterance> stored = store.snapshot(Optional.empty()).utterances();
    assertThat(stored).hasSize(published.size());
    for (StoredUtterance utterance : stored) {
      String key = new EnrollmentKey(utterance.speakerId(), utterance.utteranceId()).encode();
      assertThat(utterance.file()).hasBinaryContent(published.get(key));
    }
    long bytes = published.values().stream().mapToLong(flac -> flac.length).sum();
    assertThat(store.size()).isEqualTo(new DatasetSize(bytes, SPEAKERS, published.size()));
  }

  private static Process start(Path dataset, Path log) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                ConsumerMain.class.getName(),
                KAFKA.bootstrapServers(),
                dataset.toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())))
        .start();
  }

  private static List<Path> files(Path dataset) throws IOException {
    return new ClipFiles(dataset.resolve("objects"))
        .all().stream().filter(file -> file.toString().endsWith(".flac")).toList();
  }
}
