package io.voxtag.trainer.dataset;

import io.voxtag.schemas.Topic;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.serde.SchemaRegistryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of both topics on one thread, from where the store says. Where store or
 * broker fail, it goes back to the first record that was not taken and tries again after a pause.
 */
final class DatasetLoop implements Runnable {

  private static final Logger LOG = Logger.getLogger(DatasetLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofMinutes(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final DatasetSize UNKNOWN_SIZE = new DatasetSize(0, 0, 0);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final DatasetStore store;
  private final DatasetIntake intake;
  private final Duration retryInterval;
  private final Consumer<Throwable> fatal;
  private final CountDownLatch ending = new CountDownLatch(1);
  private long lookedForPartitions;
  private volatile boolean ended;
  private volatile boolean polled;
  private volatile long lag;
  private volatile boolean caughtUp;
  private volatile DatasetSize size = UNKNOWN_SIZE;
  private volatile @Nullable String problem;

  DatasetLoop(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      DatasetStore store,
      DatasetIntake intake,
      Duration retryInterval,
      Consumer<Throwable> fatal) {
    this.consumer = consumer;
    this.store = store;
    this.intake = intake;
    this.retryInterval = retryInterval;
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

  boolean hasPolled() {
    return polled;
  }

  /** Records not yet read, as of the last poll. */
  long lag() {
    return lag;
  }

  /** Whether all was read that was there a moment ago. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  /** As of the last record. */
  DatasetSize size() {
    return size;
  }

  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public void run() {
    try {
      while (!isEnding()) {
        turn();
      }
    } catch (InterruptException | InterruptedException e) {
      LOG.debug("Reading labelled recordings ends", e);
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
      assign();
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      boolean known = countLag(records.count());
      polled = true;
      caughtUp = caughtUp && lag == 0;
      take(records);
      eraseFromKafka();
      size = store.size();
      caughtUp = known && lag == 0;
      if (problem != null) {
        LOG.info("Labelled recordings are taken again");
        problem = null;
      }
    } catch (DatasetUnavailableException | RetriableException | SchemaRegistryException e) {
      caughtUp = false;
      problem = e.getMessage();
      LOG.warnf("Labelled recordings are not taken for now, it is tried again, reason=%s", e);
      boolean unused = ending.await(retryInterval.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Takes all partitions there are, each from where the store says. */
  private void assign() throws DatasetUnavailableException {
    if (!consumer.assignment().isEmpty()
        && System.nanoTime() - lookedForPartitions < LOOK_FOR_PARTITIONS.toNanos()) {
      return;
    }
    Set<TopicPartition> all = new HashSet<>();
    all.addAll(partitions(Topics.LABELLED_UTTERANCES));
    all.addAll(partitions(Topics.ENROLLMENTS));
    Set<TopicPartition> added = new HashSet<>(all);
    added.removeAll(consumer.assignment());
    if (!added.isEmpty()) {
      List<Position> stored = store.positions();
      consumer.assign(all);
      seek(added, stored);
    }
    lookedForPartitions = System.nanoTime();
  }

  // Where the group stands in Kafka is no guide: the folder may be newer or older than that.
  private void seek(Set<TopicPartition> added, List<Position> stored) {
    Set<TopicPartition> fresh = new HashSet<>(added);
    for (Position position : stored) {
      TopicPartition partition = new TopicPartition(position.topic(), position.partition());
      if (fresh.remove(partition)) {
        consumer.seek(partition, position.nextOffset());
      }
    }
    if (!fresh.isEmpty()) {
      consumer.seekToBeginning(fresh);
    }
    LOG.infof("Labelled recordings are read, partitions=%d fresh=%d", added.size(), fresh.size());
  }

  private List<TopicPartition> partitions(Topic<?> topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new UnknownTopicOrPartitionException(
          "Topic " + topic.name() + " is not there; 'voxtag topics create' makes it");
    }
    return partitions;
  }

  /**
   * Counts what is not taken yet.
   *
   * @return false where the end of a partition is not known yet
   */
  private boolean countLag(int underWay) {
    long behind = underWay;
    boolean known = true;
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong unread = consumer.currentLag(partition);
      known &= unread.isPresent();
      behind += unread.orElse(0);
    }
    lag = behind;
    return known;
  }

  private void take(ConsumerRecords<byte[], byte[]> records) throws DatasetUnavailableException {
    Map<TopicPartition, Long> next = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      next.put(partition, records.records(partition).get(0).offset());
    }
    try {
      take(records, next);
    } finally {
      readAgainFrom(next, records);
    }
    if (!next.isEmpty()) {
      commit(next);
    }
  }

  /**
   * Takes what can be taken. A partition whose record the store cannot take now does not keep the
   * others back: an erasure in one of them may be what makes room.
   *
   * @param next kept up to date: offset of the first record of each partition that was not taken
   */
  private void take(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, Long> next)
      throws DatasetUnavailableException {
    DatasetUnavailableException failure = null;
    for (TopicPartition partition : records.partitions()) {
      try {
        take(partition, records.records(partition), next);
      } catch (DatasetUnavailableException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void take(
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> records,
      Map<TopicPartition, Long> next)
      throws DatasetUnavailableException {
    Position unstored = null;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (isEnding()) {
        break;
      }
      unstored = intake.take(record) ? null : DatasetIntake.position(record);
      next.put(partition, record.offset() + 1);
      lag = Math.max(0, lag - 1);
    }
    if (unstored != null) {
      store.advance(List.of(unstored));
    }
  }

  private void readAgainFrom(
      Map<TopicPartition, Long> next, ConsumerRecords<byte[], byte[]> records) {
    next.forEach(
        (partition, offset) -> {
          List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
          if (offset <= read.get(read.size() - 1).offset()) {
            consumer.seek(partition, offset);
          }
        });
  }

  /** For whoever watches the lag of the group. */
  private void commit(Map<TopicPartition, Long> next) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    next.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
    consumer.commitAsync(
        offsets,
        (committed, error) -> {
          if (error != null) {
            LOG.warnf("The group does not show how far was read, reason=%s", error.toString());
          }
        });
  }

  /**
   * Erases from Kafka what was erased here. Only when all of the topic was read: a later record
   * under the same key is none of those that were erased.
   */
  private void eraseFromKafka() throws DatasetUnavailableException {
    if (store.owedTombstones().isEmpty()) {
      return;
    }
    List<TopicPartition> labelled =
        consumer.assignment().stream()
            .filter(partition -> partition.topic().equals(Topics.LABELLED_UTTERANCES.name()))
            .toList();
    Map<TopicPartition, Long> ends = consumer.endOffsets(labelled);
    if (ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
      intake.writeOwedTombstones();
    }
  }

  private void close() {
    try {
      consumer.close(CloseOptions.timeout(CLOSE));
    } catch (KafkaException e) {
      LOG.warnf("The consumer did not close well, reason=%s", e.toString());
    }
    intake.close();
  }
}
