package io.voxtag.console.hearing;

import io.voxtag.audio.Pcm;
import io.voxtag.console.live.CaptureSpan;
import io.voxtag.console.web.RequestException;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.schemas.serde.RecordFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;

/**
 * Reads stretches of calls from {@code call-audio}, a few at a time and only the part of the topic
 * that they lie in. Thread-safe.
 */
public final class CallAudio {

  private static final Logger LOG = Logger.getLogger(CallAudio.class);
  private static final int AT_ONCE = 4;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Clocks of senders differ, and Opus hears what came before. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private static final long MAX_BYTES = 256L * 1024 * 1024;

  private final KafkaSettings kafka;
  private final Semaphore places = new Semaphore(AT_ONCE);

  public CallAudio(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /**
   * The audio of a stretch; what of it is missing is silent.
   *
   * @throws RequestException if nothing of it is there any more, or too many read at once
   */
  public Pcm read(Wanted wanted, CaptureSpan span) {
    if (!places.tryAcquire()) {
      throw RequestException.unavailable(
          "%d stretches are being read already; try again in a moment".formatted(AT_ONCE));
    }
    try {
      return find(wanted, span)
          .orElseThrow(
              () ->
                  RequestException.missing(
                      "The audio of this stretch is not in Kafka: it is kept for a day at most"));
    } finally {
      places.release();
    }
  }

  private Optional<Pcm> find(Wanted wanted, CaptureSpan span) {
    Map<String, Object> properties =
        ClientProperties.consumer(
            kafka, "voxtag-console-audio-" + UUID.randomUUID(), Topics.CALL_AUDIO);
    properties.put("allow.auto.create.topics", "false");
    try (KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        Deserializer<AudioChunk> chunks =
            EventSerdes.of(kafka).of(Topics.CALL_AUDIO).deserializer()) {
      TopicPartition partition = partitionOf(consumer, wanted.leg().callId());
      consumer.assign(List.of(partition));
      OffsetAndTimestamp begin =
          consumer
              .offsetsForTimes(Map.of(partition, span.from().minus(MARGIN).toEpochMilli()))
              .get(partition);
      if (begin == null) {
        return Optional.empty();
      }
      consumer.seek(partition, begin.offset());
      StretchAudio audio = new StretchAudio(wanted);
      read(consumer, partition, chunks, span, audio);
      return audio.pcm();
    }
  }

  // What every client of Kafka does with a key unless told otherwise.
  private static TopicPartition partitionOf(KafkaConsumer<?, ?> consumer, String callId) {
    int partitions = consumer.partitionsFor(Topics.CALL_AUDIO.name()).size();
    if (partitions == 0) {
      throw RequestException.unavailable("Kafka has no topic " + Topics.CALL_AUDIO.name());
    }
    int hash = Utils.toPositive(Utils.murmur2(callId.getBytes(StandardCharsets.UTF_8)));
    return new TopicPartition(Topics.CALL_AUDIO.name(), hash % partitions);
  }

  private static void read(
      KafkaConsumer<String, byte[]> consumer,
      TopicPartition partition,
      Deserializer<AudioChunk> chunks,
      CaptureSpan span,
      StretchAudio audio) {
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    long latest = span.to().plus(MARGIN).toEpochMilli();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long bytes = 0;
    while (!audio.isComplete() && consumer.position(partition) < end && bytes < MAX_BYTES) {
      if (System.nanoTime() > deadline) {
        throw RequestException.unavailable(
            "Kafka did not hand the audio over within %d s".formatted(PATIENCE.toSeconds()));
      }
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        if (record.timestamp() > latest) {
          return;
        }
        bytes += record.serializedValueSize();
        add(record, chunks, audio);
      }
    }
  }

  private static void add(
      ConsumerRecord<String, byte[]> record, Deserializer<AudioChunk> chunks, StretchAudio audio) {
    try {
      AudioChunk chunk = chunks.deserialize(record.topic(), record.value());
      if (chunk != null) {
        audio.add(chunk);
      }
    } catch (RecordFormatException e) {
      LOG.debugf(
          e, "record passed over partition=%d offset=%d", record.partition(), record.offset());
    }
  }
}
