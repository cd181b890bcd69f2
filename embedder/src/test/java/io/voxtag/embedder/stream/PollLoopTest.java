package io.voxtag.embedder.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.embedder.batch.BatchSettings;
import io.voxtag.embedder.batch.Batcher;
import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.embedder.leg.LegSettings;
import io.voxtag.embedder.model.ModelUse;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.event.AudioEncoding;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.schemas.serde.SchemaRegistryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollLoopTest {

  private static final TopicPartition PARTITION = new TopicPartition("call-audio", 0);
  private static final int HIGH_WATER = 8;
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final StreamMetrics metrics = new StreamMetrics(registry);
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger registryAsked = new AtomicInteger();
  private volatile boolean registryAway;
  private boolean first = true;
  private final Batcher batcher =
      new Batcher(
          new FakeModel(this::blockUntilOpen),
          new BatchSettings(4, Duration.ZERO, 1),
          metrics,
          fatal::set);
  private volatile ModelUse inService = new BatcherUse("fake-1", batcher);
  private final EmbeddingOutput output =
      new EmbeddingOutput(
          producer,
          (topic, embedding) -> {
            requireRegistry();
            return EventSerdes.singleObject()
                .of(Topics.SPEECH_EMBEDDINGS)
                .serializer()
                .serialize(topic, embedding);
          },
          metrics,
          Optional.empty(),
          fatal::set);
  private final WindowPipeline pipeline =
      new WindowPipeline(
          samples -> new SpeechActivity(samples[0] == 0 ? 0 : 3_000, 20, new boolean[300]),
          new WindowPipeline.Demands(1_000, 700),
          1,
          () -> inService,
          output,
          metrics);
  private final PollLoop loop =
      new PollLoop(
          consumer,
          (topic, bytes) -> {
            requireRegistry();
            return EventSerdes.singleObject()
                .of(Topics.CALL_AUDIO)
                .deserializer()
                .deserialize(topic, bytes);
          },
          pipeline,
          new DeadLetters(producer),
          new PollLoop.Settings(
              LegSettings.defaults(),
              Duration.ofMillis(20),
              4_000,
              Duration.ofSeconds(10),
              HIGH_WATER,
              2),
          metrics,
          fatal::set);
  private final Thread thread = new Thread(loop);
  private long offset;
  // As that of records without one.
  private long firstTimestamp = ConsumerRecord.NO_TIMESTAMP;

  @AfterEach
  void close() throws InterruptedException {
    open.countDown();
    loop.stop();
    thread.join();
    pipeline.close();
    output.close();
    batcher.close();
  }

  @Test
  void pausesWhileWindowsPileUpAndKeepsPollingAndGoesOnWhenTheyAreGone() {
    start();
    send(chunks("call", 40, 0.1f));

    await().atMost(DEADLINE).until(() -> !consumer.paused().isEmpty());
    await().atMost(DEADLINE).until(() -> pipeline.underWay() == HIGH_WATER);
    Duration before = loop.status().sinceLastTurn();
    await().atMost(DEADLINE).until(() -> loop.status().sinceLastTurn().compareTo(before) <= 0);
    assertThat(pipeline.underWay()).isEqualTo(HIGH_WATER);
    assertThat(registry.get("voxtag.embedder.paused.partitions").gauge().value()).isEqualTo(1);
    assertThat(producer.history()).isEmpty();

    open.countDown();
    await().atMost(DEADLINE).until(() -> producer.history().size() == 38);
    await().atMost(DEADLINE).until(() -> consumer.paused().isEmpty());
    assertThat(registry.get("voxtag.embedder.paused.partitions").gauge().value()).isZero();
    assertThat(embeddings()).extracting(SpeechEmbedding::getWindowIndex).isSorted();
    assertThat(fatal).hasValue(null);
  }

  @Test
  void windowsLeaveInTheOrderOfTheirLegThoughSomeNeedNoModel() {
    start();
    send(chunks("call", 4, 0.1f));
    send(chunksFrom("call", 4, 4, 0f));

    open.countDown();

    await().atMost(DEADLINE).until(() -> producer.history().size() == 6);
    assertThat(embeddings())
        .extracting(SpeechEmbedding::getWindowIndex)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(embeddings())
        .extracting(embedding -> embedding.getVector() == null)
        .containsExactly(false, false, false, false, true, true);
  }

  @Test
  void aWindowIsOfTheModelThatWasInServiceWhenItWasCutThoughAnotherTakesOver() {
    // given: windows that wait for a model which holds them up, and one that does not
    start();
    send(chunks("call", 5, 0.1f));
    await().atMost(DEADLINE).until(() -> pipeline.underWay() == 3);
    Batcher second =
        new Batcher(
            new FakeModel("fake-2", windows -> windows),
            new BatchSettings(4, Duration.ZERO, 1),
            metrics,
            fatal::set);

    // when
    inService = new BatcherUse("fake-2", second);
    send(chunksFrom("call", 5, 3, 0.1f));
    await().atMost(DEADLINE).until(() -> pipeline.underWay() == 6);
    open.countDown();

    // then
    await().atMost(DEADLINE).until(() -> producer.history().size() == 6);
    assertThat(embeddings())
        .extracting(SpeechEmbedding::getWindowIndex)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(embeddings())
        .extracting(SpeechEmbedding::getModelVersion)
        .containsExactly("fake-1", "fake-1", "fake-1", "fake-2", "fake-2", "fake-2");
    second.close();
  }

  @Test
  void commitsNoFurtherThanWhatIsAcknowledged() {
    start();
    send(chunks("call", 5, 0.1f));
    await().atMost(DEADLINE).until(() -> pipeline.underWay() == 3);
    await().atMost(DEADLINE).until(() -> committed() != null);
    assertThat(committed().offset()).isZero();

    open.countDown();

    await().atMost(DEADLINE).until(() -> committed().offset() == 3);
  }

  @Test
  void recordsThatAreNoChunksGoToTheDeadLetters() {
    open.countDown();
    start();
    byte[] key = "call".getBytes(StandardCharsets.UTF_8);
    addRecord(key, new byte[] {1, 2, 3});
    addRecord(key, null);
    addRecord("another".getBytes(StandardCharsets.UTF_8), bytes(chunks("call", 1, 0.1f).get(0)));
    send(chunks("call", 4, 0.1f));

    await().atMost(DEADLINE).until(() -> producer.history().size() == 5);

    List<ProducerRecord<byte[], byte[]>> letters =
        producer.history().stream().filter(r -> r.topic().equals("call-audio.dlq")).toList();
    assertThat(letters).hasSize(3);
    assertThat(letters.get(0).value()).isEqualTo(new byte[] {1, 2, 3});
    assertThat(letters)
        .allSatisfy(
            letter -> assertThat(letter.headers().lastHeader(DeadLetters.REASON)).isNotNull());
    assertThat(embeddings()).hasSize(2);
    assertThat(
            registry
                .get("voxtag.embedder.dead.letters")
                .tag("topic", "call-audio")
                .counter()
                .count())
        .isEqualTo(3);
  }

  @Test
  void aRevokedPartitionIsFinishedAndCommittedFirst() {
    start();
    send(chunks("call", 5, 0.1f));
    await().atMost(DEADLINE).until(() -> pipeline.underWay() == 3);

    consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
    open.countDown();

    await().atMost(DEADLINE).until(() -> producer.history().size() == 3);
    await().atMost(DEADLINE).until(() -> consumer.assignment().isEmpty());
    assertThat(pipeline.underWay()).isZero();
  }

  @Test
  void anErrorThatIsNotOfTheMomentIsReported() {
    start();

    consumer.schedulePollTask(
        () ->
            consumer.setPollException(
                new org.apache.kafka.common.errors.AuthorizationException("no")));

    await().atMost(DEADLINE).until(() -> fatal.get() != null);
    await().atMost(DEADLINE).until(() -> loop.status().hasEnded());
    assertThat(fatal.get()).hasMessage("no");
  }

  @Test
  void anErrorOfTheMomentIsTriedAgain() {
    open.countDown();
    start();

    consumer.schedulePollTask(
        () ->
            consumer.setPollException(new org.apache.kafka.common.errors.TimeoutException("soon")));
    send(chunks("call", 4, 0.1f));

    await().atMost(DEADLINE).until(() -> producer.history().size() == 2);
    assertThat(fatal).hasValue(null);
  }

  @Test
  void aSchemaRegistryThatIsAwayIsWaitedForAndNothingIsLost() {
    open.countDown();
    registryAway = true;
    start();
    send(chunks("call", 4, 0.1f));
    await().atMost(DEADLINE).until(() -> registryAsked.get() > 1);
    assertThat(consumer.paused()).containsExactly(PARTITION);
    assertThat(producer.history()).isEmpty();

    registryAway = false;

    await().atMost(DEADLINE).until(() -> producer.history().size() == 2);
    assertThat(embeddings()).extracting(SpeechEmbedding::getWindowIndex).containsExactly(0L, 1L);
    assertThat(fatal).hasValue(null);
  }

  @Test
  void aSchemaRegistryThatIsAwayWhenEmbeddingsAreWrittenIsWaitedForToo() {
    start();
    send(chunks("call", 4, 0.1f));
    await().atMost(DEADLINE).until(() -> pipeline.underWay() == 2);
    registryAway = true;
    open.countDown();
    await().atMost(DEADLINE).until(() -> registryAsked.get() > 0);

    registryAway = false;

    await().atMost(DEADLINE).until(() -> producer.history().size() == 2);
    assertThat(embeddings()).extracting(SpeechEmbedding::getWindowIndex).containsExactly(0L, 1L);
    assertThat(fatal).hasValue(null);
  }

  @Test
  void anEmbeddingHasTheTimestampOfItsAudioHoweverLateItIsMade() {
    open.countDown();
    start();
    firstTimestamp = 1_700_000_000_000L;

    send(chunks("call", 4, 0.1f));

    await().atMost(DEADLINE).until(() -> producer.history().size() == 2);
    assertThat(producer.history())
        .extracting(ProducerRecord::timestamp)
        .containsExactly(1_700_000_002_000L, 1_700_000_003_000L);
  }

  @Test
  void aPartitionWithMoreStateThanACommitMayHoldSaysSo() {
    PartitionWork work = new PartitionWork(PARTITION, null, LegSettings.defaults(), 4, pipeline);
    assertThat(work.commit()).isEmpty();
    assertThat(work.isStalled()).isFalse();

    work.legs().accept(0, 0, chunks("call", 1, 0.1f).get(0), (reason, hold) -> {});

    assertThat(work.commit()).isEmpty();
    assertThat(work.isStalled()).isTrue();
  }

  private void requireRegistry() {
    if (registryAway) {
      registryAsked.incrementAndGet();
      throw new SchemaRegistryException("away", new java.net.ConnectException());
    }
  }

  private void start() {
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION));
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          consumer.updateEndOffsets(new HashMap<>(Map.of(PARTITION, 1_000L)));
        });
    thread.start();
    await().atMost(DEADLINE).until(() -> loop.status().wasAssigned());
  }

  private OffsetAndMetadata committed() {
    return consumer.committed(java.util.Set.of(PARTITION)).get(PARTITION);
  }

  private List<SpeechEmbedding> embeddings() {
    return producer.history().stream()
        .filter(record -> record.topic().equals("speech-embeddings"))
        .map(
            record ->
                EventSerdes.singleObject()
                    .of(Topics.SPEECH_EMBEDDINGS)
                    .deserializer()
                    .deserialize(record.topic(), record.value()))
        .toList();
  }

  private void send(List<AudioChunk> chunks) {
    chunks.forEach(
        chunk -> addRecord(chunk.getCallId().getBytes(StandardCharsets.UTF_8), bytes(chunk)));
  }

  private void addRecord(byte[] key, byte[] value) {
    long at = offset++;
    long timestamp = firstTimestamp < 0 ? firstTimestamp : firstTimestamp + 1000 * at;
    consumer.schedulePollTask(
        () ->
            consumer.addRecord(
                new ConsumerRecord<>(
                    PARTITION.topic(),
                    PARTITION.partition(),
                    at,
                    timestamp,
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    key,
                    value,
                    new RecordHeaders(),
                    Optional.empty())));
  }

  private static byte[] bytes(AudioChunk chunk) {
    return EventSerdes.singleObject()
        .of(Topics.CALL_AUDIO)
        .serializer()
        .serialize("call-audio", chunk);
  }

  private static List<AudioChunk> chunks(String call, int seconds, float level) {
    return chunksFrom(call, 0, seconds, level);
  }

  /** A second a chunk. */
  private static List<AudioChunk> chunksFrom(String call, int from, int seconds, float level) {
    byte[] payload = new byte[32_000];
    for (int i = 0; i < payload.length; i += 2) {
      payload[i + 1] = (byte) (level * 127);
    }
    return java.util.stream.IntStream.range(from, from + seconds)
        .mapToObj(
            second ->
                AudioChunk.newBuilder()
                    .setCallId(call)
                    .setChannel(0)
                    .setStreamId("run")
                    .setSequence(second)
                    .setStartSample(second * 16_000L)
                    .setSampleRate(16_000)
                    .setEncoding(AudioEncoding.PCM_S16LE)
                    .setPayload(ByteBuffer.wrap(payload))
                    .setCapturedAt(Instant.EPOCH)
                    .setLast(false)
                    .build())
        .toList();
  }

  private List<float[]> blockUntilOpen(List<float[]> windows) {
    if (first) {
      first = false;
      return windows;
    }
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return windows;
  }
}
