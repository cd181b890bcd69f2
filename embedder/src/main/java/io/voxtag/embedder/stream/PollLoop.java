package io.voxtag.embedder.stream;

import io.opentelemetry.context.Scope;
import io.voxtag.embedder.leg.Hold;
import io.voxtag.embedder.leg.LegSettings;
import io.voxtag.embedder.leg.PartitionLegs.Outcome;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.AudioChunk;
import io.voxtag.schemas.kafka.DeadLetters;
import io.voxtag.schemas.serde.SchemaRegistryException;
import io.voxtag.tracing.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jboss.logging.Logger;

/**
 * Reads {@code call-audio} on one thread, turns it into windows and commits checkpoints. It never
 * waits for a window: when too many are under way it pauses its partitions and keeps polling.
 */
final class PollLoop implements Runnable {

  private static final Logger LOG = Logger.getLogger(PollLoop.class);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration POLL_PAUSED = Duration.ofMillis(10);
  private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(1);
  private static final String TOPIC = Topics.CALL_AUDIO.name();

  /**
   * What the loop works with and for.
   *
   * @param legs how legs are put together
   * @param commitInterval time between commits
   * @param maxMetadata longest metadata of a commit, characters
   * @param stopTimeout how long to wait for windows when partitions are taken away
   * @param highWater windows under way at which to pause
   * @param lowWater windows under way at which to go on
   */
  record Settings(
      LegSettings legs,
      Duration commitInterval,
      int maxMetadata,
      Duration stopTimeout,
      int highWater,
      int lowWater) {}

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Deserializer<AudioChunk> deserializer;
  private final WindowPipeline pipeline;
  private final DeadLetters deadLetters;
  private final Settings settings;
  private final StreamMetrics metrics;
  private final Consumer<Throwable> fatal;
  private final LoopStatus status = new LoopStatus();

  private final Map<TopicPartition, PartitionWork> work = new HashMap<>();
  private long lastCommit = System.nanoTime();
  private long registryRetryAt = System.nanoTime();
  private boolean paused;
  private volatile boolean stopping;

  PollLoop(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Deserializer<AudioChunk> deserializer,
      WindowPipeline pipeline,
      DeadLetters deadLetters,
      Settings settings,
      StreamMetrics metrics,
      Consumer<Throwable> fatal) {
    this.consumer = consumer;
    this.deserializer = deserializer;
    this.pipeline = pipeline;
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.metrics = metrics;
    this.fatal = fatal;
  }

  LoopStatus status() {
    return status;
  }

  /** Asks the loop to finish windows under way, commit, and end. */
  void stop() {
    // No wakeup: it would also break the last commit. A poll takes 100 ms at most.
    stopping = true;
  }

  @Override
  public void run() {
    try {
      consumer.subscribe(List.of(TOPIC), new Rebalances());
      while (!stopping) {
        turnOrRetry();
      }
    } catch (InterruptException e) {
      LOG.debug("Poll loop ends", e);
    } catch (Throwable e) {
      fatal.accept(e);
    } finally {
      status.ended();
      close();
    }
  }

  private void turnOrRetry() {
    try {
      turn();
    } catch (RetriableException e) {
      LOG.warnf("Kafka fails for now, it is tried again, reason=%s", e.toString());
    }
  }

  private void turn() {
    status.turned(consumer.assignment().size());
    processBacklog();
    holdBackOrGoOn();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(paused ? POLL_PAUSED : POLL)) {
      PartitionWork owner = work.get(new TopicPartition(record.topic(), record.partition()));
      if (owner != null) {
        owner.backlog().add(record);
      }
    }
    processBacklog();
    commitIfDue();
  }

  private void holdBackOrGoOn() {
    boolean full = pipeline.underWay() >= settings.highWater();
    boolean backlog = work.values().stream().anyMatch(owner -> !owner.backlog().isEmpty());
    if (!paused && (full || backlog)) {
      paused = true;
      consumer.pause(consumer.assignment());
      metrics.paused(consumer.assignment().size());
    } else if (paused && !backlog && pipeline.underWay() <= settings.lowWater()) {
      paused = false;
      metrics.paused(-consumer.paused().size());
      consumer.resume(consumer.paused());
    }
  }

  private void processBacklog() {
    if ((paused && pipeline.underWay() > settings.lowWater())
        || System.nanoTime() - registryRetryAt < 0) {
      return;
    }
    for (PartitionWork owner : work.values()) {
      ArrayDeque<ConsumerRecord<byte[], byte[]>> backlog = owner.backlog();
      while (!backlog.isEmpty() && pipeline.underWay() < settings.highWater()) {
        if (!process(owner, backlog.element())) {
          return;
        }
        backlog.remove();
      }
    }
  }

  /** Takes or refuses a record; false where it must wait for the schema registry. */
  private boolean process(PartitionWork owner, ConsumerRecord<byte[], byte[]> record) {
    long start = System.nanoTime();
    AudioChunk chunk;
    try {
      chunk = chunk(record);
    } catch (SchemaRegistryException e) {
      // No fault of the record. The backlog pauses the partitions, so polling goes on meanwhile.
      LOG.warnf("Chunks wait for the schema registry, reason=%s", e.getMessage());
      registryRetryAt = System.nanoTime() + REGISTRY_PAUSE.toNanos();
      return false;
    } catch (SerializationException e) {
      metrics.chunk("unreadable");
      refuse(record, owner.legs().skip(record.offset(), record.timestamp()), e);
      return true;
    }
    Outcome outcome;
    // Windows that this chunk completes go on with its trace.
    try (Scope unused = Traces.extract(record.headers()).makeCurrent()) {
      outcome =
          owner
              .legs()
              .accept(
                  record.offset(),
                  record.timestamp(),
                  chunk,
                  (reason, hold) -> refuse(record, hold, reason));
    }
    metrics.chunk(outcome.name().toLowerCase(Locale.ROOT));
    metrics.decoded(Duration.ofNanos(System.nanoTime() - start));
    return true;
  }

  private AudioChunk chunk(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw new SerializationException("a record without a value");
    }
    AudioChunk chunk = deserializer.deserialize(TOPIC, record.headers(), record.value());
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    if (!chunk.getCallId().equals(key)) {
      throw new SerializationException(
          "a chunk of call %s under the key %s, must be the call id"
              .formatted(chunk.getCallId(), key));
    }
    return chunk;
  }

  private void refuse(ConsumerRecord<byte[], byte[]> record, Hold hold, Throwable reason) {
    LOG.warnf(
        "Chunk refused partition=%d offset=%d reason=%s",
        record.partition(), record.offset(), reason.getMessage());
    metrics.deadLetter();
    deadLetters
        .send(record, reason)
        .whenComplete(
            (sent, error) -> {
              if (error == null) {
                hold.release();
              } else if (!stopping) {
                fatal.accept(error);
              }
            });
  }

  private void commitIfDue() {
    if (System.nanoTime() - lastCommit < settings.commitInterval().toNanos()) {
      return;
    }
    lastCommit = System.nanoTime();
    Map<TopicPartition, OffsetAndMetadata> points = checkpoints(work.keySet());
    if (!points.isEmpty()) {
      consumer.commitAsync(
          points,
          (done, error) -> {
            if (error == null) {
              remember(done);
            } else {
              LOG.warnf("Commit failed, a later one makes up for it, reason=%s", error.toString());
            }
          });
    }
    long lag = 0;
    int legs = 0;
    int stalled = 0;
    for (Map.Entry<TopicPartition, PartitionWork> entry : work.entrySet()) {
      lag += consumer.currentLag(entry.getKey()).orElse(0) + entry.getValue().backlog().size();
      legs += entry.getValue().legs().openLegs();
      stalled += entry.getValue().isStalled() ? 1 : 0;
    }
    status.counted(lag, legs, stalled);
  }

  private Map<TopicPartition, OffsetAndMetadata> checkpoints(
      Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> points = new HashMap<>();
    for (TopicPartition partition : partitions) {
      PartitionWork owner = work.get(partition);
      if (owner != null) {
        owner.commit().ifPresent(point -> points.put(partition, point));
      }
    }
    return points;
  }

  private void remember(Map<TopicPartition, OffsetAndMetadata> points) {
    points.forEach(
        (partition, point) -> {
          PartitionWork owner = work.get(partition);
          if (owner != null) {
            owner.committed(point);
          }
        });
  }

  /** Finishes windows of the partitions as far as time allows, and commits. */
  private void handOver(Collection<TopicPartition> partitions) {
    long deadline = System.nanoTime() + settings.stopTimeout().toNanos();
    try {
      for (TopicPartition partition : partitions) {
        PartitionWork owner = work.get(partition);
        if (owner != null) {
          owner.settle(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
          owner.drop();
        }
      }
      Map<TopicPartition, OffsetAndMetadata> points = checkpoints(partitions);
      if (!points.isEmpty()) {
        consumer.commitSync(points, settings.stopTimeout().plusSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.warnf(
          "Commit of partitions=%s failed, their next owner makes some windows again, reason=%s",
          partitions, e.toString());
    } finally {
      forget(partitions);
    }
  }

  private void forget(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      PartitionWork owner = work.remove(partition);
      if (owner != null) {
        owner.drop();
      }
      if (paused) {
        metrics.paused(-1);
      }
    }
  }

  private void close() {
    if (stopping) {
      handOver(new HashSet<>(work.keySet()));
    } else {
      forget(new HashSet<>(work.keySet()));
    }
    try {
      consumer.close(
          org.apache.kafka.clients.consumer.CloseOptions.timeout(settings.stopTimeout()));
    } catch (KafkaException e) {
      LOG.warnf("Leaving the consumer group failed, reason=%s", e.toString());
    }
  }

  private final class Rebalances implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> committed = committed(Set.copyOf(partitions));
      for (TopicPartition partition : partitions) {
        work.put(
            partition,
            new PartitionWork(
                partition,
                committed.get(partition),
                settings.legs(),
                settings.maxMetadata(),
                pipeline));
      }
      if (paused) {
        consumer.pause(partitions);
        metrics.paused(partitions.size());
      }
      status.assigned();
      LOG.infof("Partitions assigned, partitions=%s", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      handOver(partitions);
      LOG.infof("Partitions handed over, partitions=%s", partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      forget(partitions);
      LOG.warnf("Partitions lost, partitions=%s", partitions);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
      while (true) {
        try {
          return consumer.committed(partitions);
        } catch (RetriableException e) {
          if (stopping) {
            throw e;
          }
          LOG.warnf("Commits cannot be read for now, reason=%s", e.toString());
        }
      }
    }
  }
}
