package io.voxtag.embedder.enroll;

import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.KeyFormatException;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.Enrollment;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentOperation;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.kafka.SourceOffset;
import io.voxtag.schemas.serde.SchemaRegistryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code enrollments} on one thread, one recording after the other, and commits what is
 * answered. A record that is read twice gives the same answer under the same key.
 */
final class EnrollmentLoop implements Runnable {

  private static final Logger LOG = Logger.getLogger(EnrollmentLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Serde<Enrollment> enrollments;
  private final Serde<EnrollmentEmbedding> embeddings;
  private final ClipExaminer examiner;
  private final String modelVersion;
  private final EnrollmentMetrics metrics;
  private final Consumer<Throwable> fatal;
  private final CountDownLatch ending = new CountDownLatch(1);
  private volatile boolean ended;
  private volatile boolean polled;
  private volatile long lag;

  EnrollmentLoop(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      Serde<Enrollment> enrollments,
      Serde<EnrollmentEmbedding> embeddings,
      ClipExaminer examiner,
      String modelVersion,
      EnrollmentMetrics metrics,
      Consumer<Throwable> fatal) {
    this.consumer = consumer;
    this.producer = producer;
    this.enrollments = enrollments;
    this.embeddings = embeddings;
    this.examiner = examiner;
    this.modelVersion = modelVersion;
    this.metrics = metrics;
    this.fatal = fatal;
  }

  void stop() {
    ending.countDown();
  }

  private boolean isEnding() {
    return ending.getCount() == 0;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Records of enrollments that are not answered, as of the last poll. */
  long lag() {
    return lag;
  }

  boolean hasPolled() {
    return polled;
  }

  @Override
  public void run() {
    try {
      consumer.subscribe(List.of(Topics.ENROLLMENTS.name()));
      while (!isEnding()) {
        turn();
      }
    } catch (InterruptException | InterruptedException e) {
      LOG.debug("Enrolment loop ends", e);
    } catch (Throwable e) {
      if (!isEnding()) {
        fatal.accept(e);
      }
    } finally {
      ended = true;
      close();
    }
  }

  private void turn() throws InterruptedException {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      polled = true;
      countLag(records.count());
      if (!records.isEmpty()) {
        answer(records);
        consumer.commitSync();
      }
    } catch (RetriableException | RebalanceInProgressException e) {
      // Only what is answered is behind the position, so the next commit makes up for this one.
      LOG.warnf("Kafka fails for now, it is tried again, reason=%s", e.toString());
    } catch (org.apache.kafka.clients.consumer.CommitFailedException e) {
      LOG.warnf("Partitions moved on before the commit, reason=%s", e.toString());
    }
  }

  private void countLag(int underWay) {
    long behind = underWay;
    for (TopicPartition partition : consumer.assignment()) {
      behind += consumer.currentLag(partition).orElse(0);
    }
    lag = behind;
  }

  private void answer(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    try {
      List<CompletableFuture<?>> answers = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        answers.add(process(record));
      }
      await(answers);
    } catch (RetriableException | SchemaRegistryException e) {
      LOG.warnf("Enrolments are not answered for now, they are read again, reason=%s", e);
      readAgain(records);
      ending.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Goes back to the first record, so that no commit passes what is not answered. */
  private void readAgain(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      consumer.seek(partition, records.records(partition).get(0).offset());
    }
  }

  private static void await(List<CompletableFuture<?>> answers) throws InterruptedException {
    try {
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new KafkaException(e.getCause());
    }
  }

  private CompletableFuture<?> process(ConsumerRecord<byte[], byte[]> record) {
    EnrollmentKey key;
    Enrollment enrollment;
    try {
      key = key(record);
      enrollment = enrollment(record, key);
    } catch (SerializationException | KeyFormatException e) {
      LOG.warnf(
          "Enrolment refused partition=%d offset=%d reason=%s",
          record.partition(), record.offset(), e.getMessage());
      metrics.deadLetter();
      return new DeadLetters(producer).send(record, e).toCompletableFuture();
    }
    String answerKey = EnrollmentEmbeddingKey.of(key, modelVersion).encode();
    if (enrollment == null || enrollment.getOperation() == EnrollmentOperation.REMOVE) {
      LOG.infof("Enrolment erased key=%s", answerKey);
      metrics.erased();
      return send(record.offset(), answerKey, null);
    }
    long start = System.nanoTime();
    Finding finding = examiner.examine(enrollment);
    metrics.examined(finding.outcome(), Duration.ofNanos(System.nanoTime() - start));
    return send(record.offset(), answerKey, answer(enrollment, finding));
  }

  private static EnrollmentKey key(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      throw new SerializationException("an enrolment without a key");
    }
    return EnrollmentKey.parse(new String(record.key(), StandardCharsets.UTF_8));
  }

  private @Nullable Enrollment enrollment(
      ConsumerRecord<byte[], byte[]> record, EnrollmentKey key) {
    if (record.value() == null) {
      return null;
    }
    Enrollment enrollment =
        enrollments.deserializer().deserialize(record.topic(), record.headers(), record.value());
    if (!key.speakerId().equals(enrollment.getSpeakerId())
        || !key.utteranceId().equals(enrollment.getUtteranceId())) {
      throw new SerializationException(
          "an enrolment of speaker %s, utterance %s under the key %s"
              .formatted(enrollment.getSpeakerId(), enrollment.getUtteranceId(), key.encode()));
    }
    return enrollment;
  }

  private EnrollmentEmbedding answer(Enrollment enrollment, Finding finding) {
    return EnrollmentEmbedding.newBuilder()
        .setSpeakerId(enrollment.getSpeakerId())
        .setUtteranceId(enrollment.getUtteranceId())
        .setModelVersion(modelVersion)
        .setOutcome(finding.outcome())
        .setDetail(finding.detail())
        .setVector(finding.vector() == null ? null : Vectors.encode(finding.vector()))
        .setNetSpeechMs(finding.netSpeechMs())
        .setSnrDb(finding.snrDb())
        .setConsent(enrollment.getConsent())
        .setRequestedAt(enrollment.getRequestedAt())
        .build();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
  private CompletableFuture<?> send(long offset, String key, @Nullable EnrollmentEmbedding answer) {
    String topic = Topics.ENROLLMENT_EMBEDDINGS.name();
    byte[] value = answer == null ? null : embeddings.serializer().serialize(topic, answer);
    CompletableFuture<Object> sent = new CompletableFuture<>();
    producer.send(
        new ProducerRecord<>(
            topic,
            null,
            key.getBytes(StandardCharsets.UTF_8),
            value,
            List.of(SourceOffset.of(offset))),
        (metadata, error) -> {
          if (error == null) {
            sent.complete(metadata);
          } else {
            sent.completeExceptionally(error);
          }
        });
    return sent;
  }

  private void close() {
    try {
      consumer.close(CloseOptions.timeout(CLOSE));
    } catch (KafkaException e) {
      LOG.warnf("Leaving the consumer group failed, reason=%s", e.toString());
    }
    enrollments.close();
    embeddings.close();
  }
}
