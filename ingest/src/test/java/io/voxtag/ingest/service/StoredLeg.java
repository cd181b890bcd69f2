package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.testkit.TestTopics;
import io.voxtag.testkit.TopicReader;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The chunks of one ended leg, as they are in {@code call-audio}. */
record StoredLeg(List<AudioChunk> chunks) {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** Waits until the leg has ended. */
  static StoredLeg await(TestTopics topics, String callId, int channel) {
    try (TopicReader<AudioChunk> reader = topics.read(Topics.CALL_AUDIO)) {
      List<ConsumerRecord<String, AudioChunk>> records =
          reader.awaitUntil(
              record -> record.key().equals(callId) && record.value().getChannel() == channel,
              found -> !found.isEmpty() && found.get(found.size() - 1).value().getLast(),
              "the last chunk of " + callId,
              SOON);
      return new StoredLeg(records.stream().map(ConsumerRecord::value).toList());
    }
  }

  /** Checks what holds for every run of a leg. */
  StoredLeg isWhole() {
    for (int i = 0; i < chunks.size(); i++) {
      AudioChunk chunk = chunks.get(i);
      assertThat(chunk.getSequence()).isEqualTo(i);
      assertThat(chunk.getLast()).isEqualTo(i == chunks.size() - 1);
      assertThat(chunk.getStreamId()).isEqualTo(chunks.get(0).getStreamId());
      assertThat(chunk.getCapturedAt()).isBeforeOrEqualTo(Instant.now());
    }
    return this;
  }

  byte[] audio() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    chunks.forEach(chunk -> all.writeBytes(bytes(chunk)));
    return all.toByteArray();
  }

  static byte[] bytes(AudioChunk chunk) {
    byte[] bytes = new byte[chunk.getPayload().remaining()];
    chunk.getPayload().duplicate().get(bytes);
    return bytes;
  }
}
