package io.voxtag.bench.pipeline;

import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagState;
import io.voxtag.schemas.serde.EventSerdes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends calls as fast as Kafka takes them and counts what becomes of them. */
final class Traffic {
  private static final int CHUNK_SAMPLES = Speech.SAMPLE_RATE / 10;
  private static final int STREAMS_AT_ONCE_CHUNKS = 10;
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * What came back.
   *
   * @param embedded windows that had enough speech to be embedded
   * @param tags windows that were tagged, also those without enough speech
   * @param seconds from the first tag to the last one
   */
  record Outcome(long embedded, long tags, double seconds) {
    double windowsPerSecond() {
      return embedded / seconds;
    }
  }

  private final String bootstrapServers;
  private final Duration patience;
  private final Serde<AudioChunk> chunks = EventSerdes.singleObject().of(Topics.CALL_AUDIO);
  private final Serde<SpeakerTag> tags = EventSerdes.singleObject().of(Topics.SPEAKER_TAGS);

  /**
   * @param patience how long to wait for the next record before giving up
   */
  Traffic(String bootstrapServers, Duration patience) {
    this.bootstrapServers = bootstrapServers;
    this.patience = patience;
  }

  /**
   * Streams legs and waits for the last tag of each.
   *
   * @throws IllegalStateException if tags cease to come before
   */
  Outcome run(List<float[]> legs) {
    String run = UUID.randomUUID().toString();
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      send(run, legs);
      return receive(run, legs.size(), consumer);
    }
  }

  private void send(String run, List<float[]> legs) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.LINGER_MS_CONFIG,
            5);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      int samples = legs.stream().mapToInt(leg -> leg.length).max().orElseThrow();
      int stretch = STREAMS_AT_ONCE_CHUNKS * CHUNK_SAMPLES;
      // Calls arrive side by side: a second of each in turn.
      for (int from = 0; from < samples; from += stretch) {
        for (int leg = 0; leg < legs.size(); leg++) {
          for (int at = from; at < Math.min(from + stretch, legs.get(leg).length); ) {
            AudioChunk chunk = chunk(run, leg, legs.get(leg), at);
            producer.send(
                new ProducerRecord<>(
                    Topics.CALL_AUDIO.name(),
                    chunk.getCallId(),
                    chunks.serializer().serialize(Topics.CALL_AUDIO.name(), chunk)));
            at += CHUNK_SAMPLES;
          }
        }
      }
      producer.flush();
    }
  }

  private static AudioChunk chunk(String run, int leg, float[] samples, int at) {
    int end = Math.min(at + CHUNK_SAMPLES, samples.length);
    ByteBuffer payload =
        ByteBuffer.allocate(Short.BYTES * (end - at)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = at; i < end; i++) {
      payload.putShort((short) Math.round(Math.max(-1, Math.min(1, samples[i])) * Short.MAX_VALUE));
    }
    return AudioChunk.newBuilder()
        .setCallId(run + "-" + leg)
        .setChannel(0)
        .setStreamId(run)
        .setSequence(at / CHUNK_SAMPLES)
        .setStartSample(at)
        .setSampleRate(Speech.SAMPLE_RATE)
        .setEncoding(AudioEncoding.PCM_S16LE)
        .setPayload(payload.flip())
        .setCapturedAt(Instant.now())
        .setLast(end == samples.length)
        .build();
  }

  private Outcome receive(String run, int legs, KafkaConsumer<String, byte[]> consumer) {
    Set<String> ended = new HashSet<>();
    long embedded = 0;
    long tagged = 0;
    long first = 0;
    long last = System.nanoTime();
    while (ended.size() < legs) {
      if (System.nanoTime() - last > patience.toNanos()) {
        throw new IllegalStateException(
            "no tag for %d s; %d of %d legs were tagged to their end, %d windows embedded"
                .formatted(patience.toSeconds(), ended.size(), legs, embedded));
      }
      for (ConsumerRecord<String, byte[]> item : consumer.poll(POLL)) {
        if (!item.key().startsWith(run)) {
          continue;
        }
        last = System.nanoTime();
        first = tagged == 0 ? last : first;
        tagged++;
        SpeakerTag tag = tags.deserializer().deserialize(item.topic(), item.value());
        embedded += tag.getState() == TagState.INSUFFICIENT_SPEECH ? 0 : 1;
        if (tag.getLast()) {
          ended.add(tag.getCallId());
        }
      }
    }
    return new Outcome(embedded, tagged, (last - first) * 1e-9);
  }

  private KafkaConsumer<String, byte[]> consumer() {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.SPEAKER_TAGS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }
}
