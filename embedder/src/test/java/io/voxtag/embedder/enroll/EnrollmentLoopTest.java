package io.voxtag.embedder.enroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.audio.Recording;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.audio.WavWriter;
import io.voxtag.embedder.batch.BatchSettings;
import io.voxtag.embedder.batch.Batcher;
import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.embedder.stream.StreamMetrics;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioClip;
import io.voxtag.schemas.event.AudioFormat;
import io.voxtag.schemas.event.Consent;
import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.kafka.SourceOffset;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.schemas.serde.SchemaRegistryException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnrollmentLoopTest {

  private static final TopicPartition PARTITION = new TopicPartition("enrollments", 0);
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int RATE = 16_000;

  private final List<ConsumerRecord<byte[], byte[]>> log = new CopyOnWriteArrayList<>();
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>("earliest") {
        // A MockConsumer forgets what it has given out.
        @Override
        public synchronized void seek(TopicPartition partition, long target) {
          super.seek(partition, target);
          log.stream()
              .filter(record -> record.offset() >= target)
              .forEach(record -> schedulePollTask(() -> addRecord(record)));
        }
      };
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final AtomicInteger registryAsked = new AtomicInteger();
  private volatile boolean registryAway;
  private final Batcher batcher =
      new Batcher(
          new FakeModel(EnrollmentLoopTest::refuseHuge),
          new BatchSettings(4, Duration.ZERO, 1),
          new StreamMetrics(registry),
          fatal::set);
  private final EnrollmentLoop loop =
      new EnrollmentLoop(
          consumer,
          producer,
          enrollments(),
          EventSerdes.singleObject().of(Topics.ENROLLMENT_EMBEDDINGS),
          new ClipExaminer(
              new EnrollmentDemands(
                  Duration.ofSeconds(60),
                  Duration.ofSeconds(3),
                  1_500,
                  Double.NEGATIVE_INFINITY,
                  -1),
              EnrollmentLoopTest::anythingIsSpeech,
              batcher::submit),
          "fake-1",
          new EnrollmentMetrics(registry, "fake-1"),
          fatal::set);
  private final Thread thread = new Thread(loop);
  private long offset;

  @AfterEach
  void close() throws InterruptedException {
    loop.stop();
    thread.join();
    batcher.close();
  }

  @Test
  void aRecordingThatTheModelFailsOnIsAnsweredAndTheNextOnesAreTaken() {
    // given: finite samples, as a file of floats may hold, that overflow in any network
    float[] huge = new float[5 * RATE];
    Arrays.fill(huge, 1e30f);
    start();

    // when
    send("huge", enrollment("huge", huge));
    send("good", enrollment("good", new float[5 * RATE]));

    // then
    acknowledgeUntilCommitted(2);
    assertThat(answers())
        .extracting(EnrollmentEmbedding::getOutcome)
        .containsExactly(EmbeddingOutcome.UNREADABLE_AUDIO, EmbeddingOutcome.EMBEDDED);
    assertThat(producer.history())
        .extracting(record -> SourceOffset.in(record.headers()).orElse(-1))
        .containsExactly(0L, 1L);
    assertThat(fatal).hasValue(null);
  }

  @Test
  void noCommitPassesARecordWhoseAnswerFailed() {
    // given
    start();
    send("one", enrollment("one", new float[RATE]));
    awaitSent(1);

    // when
    producer.errorNext(new TimeoutException("no leader"));

    // then: the same again, and only its acknowledgement lets the commit go on
    awaitSent(2);
    assertThat(committed()).isZero();
    acknowledgeUntilCommitted(1);
    assertThat(answers()).extracting(EnrollmentEmbedding::getUtteranceId).containsOnly("one");
    assertThat(fatal).hasValue(null);
  }

  @Test
  void aSchemaRegistryThatIsAwayIsWaitedForAndNoEnrolmentIsLost() {
    // given
    registryAway = true;
    start();
    send("one", enrollment("one", new float[RATE]));
    await().atMost(DEADLINE).until(() -> registryAsked.get() > 1);
    assertThat(committed()).isZero();

    // when
    registryAway = false;

    // then
    acknowledgeUntilCommitted(1);
    assertThat(fatal).hasValue(null);
  }

  private void start() {
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION));
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          consumer.updateEndOffsets(new HashMap<>(Map.of(PARTITION, 1_000L)));
        });
    thread.start();
    await().atMost(DEADLINE).until(loop::hasPolled);
  }

  private void send(String utterance, Enrollment enrollment) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            offset++,
            new EnrollmentKey("anna", utterance).encode().getBytes(StandardCharsets.UTF_8),
            EventSerdes.singleObject()
                .of(Topics.ENROLLMENTS)
                .serializer()
                .serialize("enrollments", enrollment));
    log.add(record);
    consumer.schedulePollTask(() -> consumer.addRecord(record));
  }

  private void awaitSent(int count) {
    await().atMost(DEADLINE).until(() -> producer.history().size() == count);
  }

  /** Acknowledges what is sent until so much is committed. */
  private void acknowledgeUntilCommitted(long end) {
    await()
        .atMost(DEADLINE)
        .until(
            () -> {
              producer.completeNext();
              return committed() == end;
            });
  }

  private long committed() {
    OffsetAndMetadata point = consumer.committed(Set.of(PARTITION)).get(PARTITION);
    return point == null ? 0 : point.offset();
  }

  private List<EnrollmentEmbedding> answers() {
    return producer.history().stream()
        .map(
            record ->
                EventSerdes.singleObject()
                    .of(Topics.ENROLLMENT_EMBEDDINGS)
                    .deserializer()
                    .deserialize(record.topic(), record.value()))
        .toList();
  }

  private Serde<Enrollment> enrollments() {
    Serde<Enrollment> serde = EventSerdes.singleObject().of(Topics.ENROLLMENTS);
    return Serdes.serdeFrom(
        serde.serializer(),
        (topic, bytes) -> {
          if (registryAway) {
            registryAsked.incrementAndGet();
            throw new SchemaRegistryException("away", new ConnectException());
          }
          return serde.deserializer().deserialize(topic, bytes);
        });
  }

  private static List<float[]> refuseHuge(List<float[]> windows) {
    for (float[] window : windows) {
      for (float sample : window) {
        if (Math.abs(sample) > 1e6) {
          throw new IllegalStateException("overflow");
        }
      }
    }
    return windows;
  }

  private static SpeechActivity anythingIsSpeech(float[] samples) {
    boolean[] frames = new boolean[samples.length * 100 / RATE];
    Arrays.fill(frames, true);
    return new SpeechActivity(frames.length * 10, 20, frames);
  }

  private static Enrollment enrollment(String utterance, float[] samples) {
    byte[] file =
        WavWriter.encode(new Recording(new float[][] {samples}, RATE), WavWriter.Coding.FLOAT_32);
    return Enrollment.newBuilder()
        .setSpeakerId("anna")
        .setUtteranceId(utterance)
        .setOperation(EnrollmentOperation.ADD)
        .setConsent(
            Consent.newBuilder().setBasis("explicit consent").setGivenAt(Instant.EPOCH).build())
        .setAudio(
            AudioClip.newBuilder()
                .setFormat(AudioFormat.WAV)
                .setData(ByteBuffer.wrap(file))
                .build())
        .setRequestedAt(Instant.EPOCH)
        .build();
  }
}
