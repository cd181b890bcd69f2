package io.voxtag.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.bench.pipeline.Traffic.Outcome;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.SpeakerTag;
import io.voxtag.schemas.event.TagStage;
import io.voxtag.schemas.event.TagState;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.testkit.KafkaResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TrafficIT {
  @RegisterExtension static final KafkaResource KAFKA = KafkaResource.own();

  @Test
  void everyWindowIsCountedOnceAndThoseWithoutSpeechApart() throws Exception {
    // given somebody who tags every second of each leg, every other one as without speech
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong samples = new AtomicLong();
    KafkaConsumer<String, AudioChunk> consumer = audio();
    CompletableFuture<Void> tagging =
        CompletableFuture.runAsync(() -> tag(consumer, done, samples));
    // when
    Traffic traffic = new Traffic(KAFKA.bootstrapServers(), Duration.ofSeconds(30));
    Outcome outcome = traffic.run(List.of(new float[4 * 16_000], new float[6 * 16_000]));
    done.set(true);
    tagging.get();
    // then
    assertThat(samples).hasValue(10 * 16_000);
    assertThat(outcome.tags()).isEqualTo(10);
    assertThat(outcome.embedded()).isEqualTo(5);
    assertThat(outcome.windowsPerSecond()).isPositive();
  }

  @Test
  void missingTagsEndTheWait() {
    Traffic traffic = new Traffic(KAFKA.bootstrapServers(), Duration.ofSeconds(1));
    assertThatThrownBy(() -> traffic.run(List.of(new float[16_000])))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no tag for 1 s; 0 of 1 legs");
  }

  private static void tag(
      KafkaConsumer<String, AudioChunk> consumer, AtomicBoolean done, AtomicLong samples) {
    try (consumer;
        KafkaProducer<String, SpeakerTag> producer =
            new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers()),
                new StringSerializer(),
                EventSerdes.singleObject().of(Topics.SPEAKER_TAGS).serializer())) {
      while (!done.get()) {
        for (ConsumerRecord<String, AudioChunk> item : consumer.poll(Duration.ofMillis(100))) {
          AudioChunk chunk = item.value();
          long end = chunk.getStartSample() + chunk.getPayload().remaining() / 2;
          samples.addAndGet(end - chunk.getStartSample());
          if (end % 16_000 == 0) {
            producer.send(
                new ProducerRecord<>(
                    Topics.SPEAKER_TAGS.name(), item.key(), tag(chunk, end / 16_000 - 1)));
          }
        }
      }
    }
  }

  private static SpeakerTag tag(AudioChunk chunk, long second) {
    return SpeakerTag.newBuilder()
        .setCallId(chunk.getCallId())
        .setChannel(chunk.getChannel())
        .setStreamId(chunk.getStreamId())
        .setWindowIndex(second)
        .setStartMs(second * 1_000)
        .setEndMs(second * 1_000 + 1_000)
        .setState(second % 2 == 0 ? TagState.UNKNOWN : TagState.INSUFFICIENT_SPEECH)
        .setStage(TagStage.PROVISIONAL)
        .setSpeakerId(null)
        .setSinceMs(0)
        .setScore(null)
        .setPosterior(null)
        .setCandidates(List.of())
        .setNetSpeechMs(0)
        .setModelVersion("none")
        .setRegistryVersion("none")
        .setCapturedAt(chunk.getCapturedAt())
        .setLatencyMs(0)
        .setLast(chunk.getLast())
        .build();
  }

  private static KafkaConsumer<String, AudioChunk> audio() {
    KafkaConsumer<String, AudioChunk> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.bootstrapServers()),
            new StringDeserializer(),
            EventSerdes.singleObject().of(Topics.CALL_AUDIO).deserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.CALL_AUDIO.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }
}
