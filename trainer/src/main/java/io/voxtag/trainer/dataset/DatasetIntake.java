package io.voxtag.trainer.dataset;

import io.voxtag.schemas.EnrollmentKey;
import io.voxtag.schemas.KeyFormatException;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.LabelledUtterance;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.kafka.KafkaAnswers;
import io.voxtag.trainer.dataset.DatasetStore.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.jboss.logging.Logger;

/**
 * Acts on one record after the other. What throws has changed nothing and may be tried again; a
 * letter to the dead ones may then be sent twice. Belongs to one thread.
 */
final class DatasetIntake implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(DatasetIntake.class);

  private final DatasetStore store;
  private final ClipCheck check;
  private final Serde<LabelledUtterance> serde;
  private final Producer<byte[], byte[]> producer;
  private final DatasetMetrics metrics;

  DatasetIntake(
      DatasetStore store,
      ClipCheck check,
      Serde<LabelledUtterance> serde,
      Producer<byte[], byte[]> producer,
      DatasetMetrics metrics) {
    this.store = store;
    this.check = check;
    this.serde = serde;
    this.producer = producer;
    this.metrics = metrics;
  }

  /**
   * Acts on a record.
   *
   * @return whether its position is stored; a record that changes nothing leaves that to the caller
   * @throws DatasetUnavailableException if the store fails
   * @throws org.apache.kafka.common.KafkaException if Kafka fails
   */
  boolean take(ConsumerRecord<byte[], byte[]> record) throws DatasetUnavailableException {
    boolean labelled = record.topic().equals(Topics.LABELLED_UTTERANCES.name());
    EnrollmentKey key;
    try {
      key = key(record);
    } catch (KeyFormatException e) {
      // Those of enrolments are the embedder's to answer for.
      if (labelled) {
        deadLetter(record, e);
        metrics.placed(Placement.REFUSED);
      }
      return false;
    }
    if (labelled) {
      takeLabelled(key, record);
      return true;
    }
    return record.value() == null && erase(key, record);
  }

  private static EnrollmentKey key(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key() == null ? new byte[0] : record.key();
    return EnrollmentKey.parse(new String(key, StandardCharsets.UTF_8));
  }

  private boolean erase(EnrollmentKey key, ConsumerRecord<byte[], byte[]> record)
      throws DatasetUnavailableException {
    int erased = store.erase(key.speakerId(), timestamp(record), position(record));
    if (erased > 0) {
      LOG.infof("Speaker erased speaker=%s recordings=%d", key.speakerId(), erased);
      metrics.placed(Placement.ERASED, erased);
    }
    return true;
  }

  private void takeLabelled(EnrollmentKey key, ConsumerRecord<byte[], byte[]> record)
      throws DatasetUnavailableException {
    if (record.value() == null) {
      if (store.remove(key, position(record))) {
        LOG.infof("Recording erased key=%s", key.encode());
        metrics.placed(Placement.ERASED);
      }
      return;
    }
    // What is erased already must not live on among the dead letters.
    if (store.isErased(key.speakerId(), timestamp(record))) {
      metrics.placed(store.refuse(key, timestamp(record), position(record)));
      return;
    }
    try {
      place(check.check(key, deserialize(record), timestamp(record)), record);
    } catch (UnusableUtteranceException | SerializationException e) {
      deadLetter(record, e);
      metrics.placed(store.refuse(key, timestamp(record), position(record)));
    }
  }

  private void place(LabelledClip clip, ConsumerRecord<byte[], byte[]> record)
      throws DatasetUnavailableException {
    Optional<String> other = store.contestedBy(clip);
    if (other.isPresent()) {
      deadLetter(
          record,
          new UnusableUtteranceException(
              "the same audio is labelled as speaker %s already; it is not used as speaker %s unless that label is erased"
                  .formatted(other.get(), clip.key().speakerId())));
    }
    Change change = store.put(clip, position(record));
    metrics.placed(change.placement());
    for (EnrollmentKey evicted : change.evicted()) {
      LOG.infof("The dataset is full, a recording goes key=%s", evicted.encode());
    }
    metrics.evicted(change.evicted().size());
  }

  private LabelledUtterance deserialize(ConsumerRecord<byte[], byte[]> record) {
    return serde.deserializer().deserialize(record.topic(), record.headers(), record.value());
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> record, Exception reason) {
    LOG.warnf(
        "Labelled recording refused partition=%d offset=%d reason=%s",
        record.partition(), record.offset(), reason.getMessage());
    KafkaAnswers.await(new DeadLetters(producer).send(record, reason).toCompletableFuture());
    metrics.deadLetter();
  }

  /** Erases from Kafka what was erased here, so that nothing brings it back. */
  void writeOwedTombstones() throws DatasetUnavailableException {
    for (EnrollmentKey key : store.owedTombstones()) {
      byte[] bytes = key.encode().getBytes(StandardCharsets.UTF_8);
      KafkaAnswers.await(
          producer.send(new ProducerRecord<>(Topics.LABELLED_UTTERANCES.name(), bytes, null)));
      store.tombstoneWritten(key);
    }
  }

  static Position position(ConsumerRecord<byte[], byte[]> record) {
    return new Position(record.topic(), record.partition(), record.offset() + 1);
  }

  private static Instant timestamp(ConsumerRecord<byte[], byte[]> record) {
    return Instant.ofEpochMilli(record.timestamp());
  }

  @Override
  public void close() {
    serde.close();
  }
}
