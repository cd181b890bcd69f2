package io.voxtag.embedder;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.testkit.KafkaResource;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 between commits. */
class KillIT {

  private static final Duration DEADLINE = Duration.ofMinutes(4);
  private static final int LEGS = 10;
  private static final int SECONDS = 40;

  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  @TempDir Path folder;

  @Test
  void afterEveryKillTheWindowsEqualThoseOfAnUndisturbedRun() throws Exception {
    String call = TestTopics.unique("call");
    sendAll(call);
    Map<String, String> undisturbed = undisturbed(call);
    assertThat(undisturbed).hasSize(LEGS * Calls.windows(SECONDS));

    // What the next embedder makes comes after what is there now.
    Path log = folder.resolve("embedder.log");
    String group = TestTopics.unique("killed");
    try (TopicReader<SpeechEmbedding> reader = KAFKA.topics().readNew(Topics.SPEECH_EMBEDDINGS)) {
      for (int kill = 1; kill <= 3; kill++) {
        try (EmbedderProcess embedder =
            EmbedderProcess.start(KAFKA.bootstrapServers(), group, 40, log)) {
          reader.await(kill * LEGS * SECONDS / 6, DEADLINE);
          assertThat(embedder.isAlive()).as(Files.readString(log)).isTrue();
        }
      }
      try (EmbedderProcess embedder =
          EmbedderProcess.start(KAFKA.bootstrapServers(), group, 1, log)) {
        Map<String, String> survived =
            EmbedderIT.distinct(
                reader.awaitUntil(
                    record -> true,
                    records -> keys(records).size() == undisturbed.size(),
                    "all windows",
                    DEADLINE));

        assertThat(survived).isEqualTo(undisturbed);
        assertThat(embedder.isAlive()).isTrue();
      }
    }
  }

  private Map<String, String> undisturbed(String call) throws Exception {
    Path log = folder.resolve("undisturbed.log");
    try (EmbedderProcess embedder =
            EmbedderProcess.start(
                KAFKA.bootstrapServers(), TestTopics.unique("undisturbed"), 0, log);
        TopicReader<SpeechEmbedding> reader = KAFKA.topics().read(Topics.SPEECH_EMBEDDINGS)) {
      Map<String, String> windows =
          EmbedderIT.distinct(
              reader.await(
                  record -> record.key().startsWith(call),
                  LEGS * Calls.windows(SECONDS),
                  DEADLINE));
      assertThat(embedder.isAlive()).as(Files.readString(log)).isTrue();
      return windows;
    }
  }

  private static List<String> keys(
      List<org.apache.kafka.clients.consumer.ConsumerRecord<String, SpeechEmbedding>> records) {
    return records.stream()
        .map(record -> record.key() + "/" + record.value().getWindowIndex())
        .distinct()
        .collect(Collectors.toList());
  }

  /** All legs side by side, as live calls come. */
  private static void sendAll(String call) {
    List<List<AudioChunk>> legs = new ArrayList<>();
    for (int i = 0; i < LEGS; i++) {
      legs.add(Calls.leg(call + "-" + i, 0, SECONDS));
    }
    for (int chunk = 0; chunk < legs.get(0).size(); chunk++) {
      for (List<AudioChunk> leg : legs) {
        KAFKA.topics().send(Topics.CALL_AUDIO, leg.get(chunk).getCallId(), leg.get(chunk));
      }
    }
  }
}
