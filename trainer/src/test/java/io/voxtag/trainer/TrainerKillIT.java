package io.voxtag.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.event.TrainingEvent;
import io.voxtag.schemas.event.TrainingPhase;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 at every stage of a run. */
class TrainerKillIT {

  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int SPEAKERS = 10;
  private static final int STEPS = 400;
  private static final int EARLY_EPOCH = 10;

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  @TempDir private Path folder;

  @Test
  void aRunGoesOnFromItsLastCheckpointAndItsModelIsPublishedOnce() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    TrainerFixture.label(KAFKA.topics(), SPEAKERS);
    KAFKA
        .topics()
        .send(
            Topics.TRAINING_COMMANDS,
            "run",
            TrainerFixture.command("run", TrainerFixture.config(STEPS)).build());
    try (TopicReader<TrainingEvent> events = KAFKA.topics().read(Topics.TRAINING_EVENTS);
        TopicReader<ModelVersion> versions = KAFKA.topics().read(Topics.MODEL_VERSIONS)) {
      // while it trains
      killOnce(events, event -> event.getEpoch() >= EARLY_EPOCH);
      int told = events.toEnd().size();
      killOnce(events, told, event -> event.getLoss() != null);
      List<TrainingEvent> again = trained(events.toEnd(), told);
      assertThat(again.get(0).getEpoch()).isGreaterThanOrEqualTo(EARLY_EPOCH - 1);

      // while it is judged, and when that is over
      killOnce(events, event -> event.getPhase() == TrainingPhase.EVALUATING);
      killOnce(events, event -> event.getPhase() == TrainingPhase.PUBLISHED);

      // a command behind it tells that this one was taken in again
      KAFKA
          .topics()
          .send(
              Topics.TRAINING_COMMANDS,
              "behind",
              TrainerFixture.command("behind", TrainerFixture.config(1)).build());
      killOnce(
          events,
          event ->
              event.getRequestId().equals("behind") && event.getPhase() == TrainingPhase.PUBLISHED);

      assertThat(events.toEnd())
          .filteredOn(record -> record.key().equals("run"))
          .extracting(record -> record.value().getModelVersion())
          .hasSizeGreaterThan(1)
          .containsOnly(again.get(0).getModelVersion());
      assertThat(versions.toEnd())
          .extracting(record -> record.value().getStatus())
          .containsExactly(ModelStatus.ACTIVE, ModelStatus.CANDIDATE, ModelStatus.CANDIDATE);
    }
  }

  private void killOnce(TopicReader<TrainingEvent> events, Predicate<TrainingEvent> when)
      throws IOException, InterruptedException {
    killOnce(events, 0, when);
  }

  /**
   * Starts a trainer and kills it.
   *
   * @param told events that do not count
   * @param when it is to be killed
   */
  private void killOnce(TopicReader<TrainingEvent> events, int told, Predicate<TrainingEvent> when)
      throws IOException, InterruptedException {
    Path log = folder.resolve("trainer.log");
    Process process = start(log);
    try {
      events.awaitUntil(
          record -> true,
          records ->
              records.stream().skip(told).map(ConsumerRecord::value).anyMatch(when)
                  || !process.isAlive(),
          "the moment to kill",
          DEADLINE);
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static List<TrainingEvent> trained(
      List<ConsumerRecord<String, TrainingEvent>> events, int told) {
    return events.stream()
        .skip(told)
        .map(ConsumerRecord::value)
        .filter(event -> event.getLoss() != null)
        .toList();
  }

  private Process start(Path log) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                TrainerMain.class.getName(),
                KAFKA.bootstrapServers(),
                folder.toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
