package io.voxtag.embedder.stream;

import io.voxtag.embedder.leg.Checkpoint;
import io.voxtag.embedder.leg.CheckpointFormatException;
import io.voxtag.embedder.leg.LegSettings;
import io.voxtag.embedder.leg.PartitionLegs;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One partition of a poll loop: its legs, its windows under way, records not yet looked at. */
final class PartitionWork {

  private static final Logger LOG = Logger.getLogger(PartitionWork.class);

  private final TopicPartition partition;
  private final Lane lane = new Lane();
  private final PartitionLegs legs;
  private final ArrayDeque<ConsumerRecord<byte[], byte[]>> backlog = new ArrayDeque<>();
  private final int maxMetadata;
  private @Nullable OffsetAndMetadata committed;
  private boolean stalled;

  PartitionWork(
      TopicPartition partition,
      @Nullable OffsetAndMetadata committed,
      LegSettings settings,
      int maxMetadata,
      WindowPipeline pipeline) {
    this.partition = partition;
    this.maxMetadata = maxMetadata;
    this.committed = committed;
    this.legs = legs(settings, pipeline);
  }

  private PartitionLegs legs(LegSettings settings, WindowPipeline pipeline) {
    String metadata = committed == null ? "" : committed.metadata();
    if (!metadata.isEmpty()) {
      try {
        return PartitionLegs.restore(settings, window -> pipeline.submit(window, lane), metadata);
      } catch (CheckpointFormatException e) {
        LOG.warnf(
            "Commit of partition=%s was not made by an embedder, legs under way there begin anew:"
                + " %s",
            partition, e.getMessage());
      }
    }
    return new PartitionLegs(settings, window -> pipeline.submit(window, lane));
  }

  PartitionLegs legs() {
    return legs;
  }

  ArrayDeque<ConsumerRecord<byte[], byte[]>> backlog() {
    return backlog;
  }

  /** What is to be committed now, where that is news. */
  Optional<OffsetAndMetadata> commit() {
    Optional<Checkpoint> checkpoint = legs.checkpoint(maxMetadata);
    note(legs.hasRead() && checkpoint.isEmpty());
    return checkpoint
        .map(point -> new OffsetAndMetadata(point.offset(), point.metadata()))
        .filter(point -> !point.equals(committed));
  }

  /** Whether nothing can be committed, as the state of the legs is too long. */
  boolean isStalled() {
    return stalled;
  }

  private void note(boolean tooLong) {
    if (tooLong && !stalled) {
      LOG.warnf(
          "Commits of partition=%s wait: the state of legs=%d is longer than"
              + " voxtag.embedder.commit-metadata-chars=%d; a restart would make more windows again",
          partition, legs.openLegs(), maxMetadata);
    } else if (!tooLong && stalled) {
      LOG.infof("Commits of partition=%s go on", partition);
    }
    stalled = tooLong;
  }

  void committed(OffsetAndMetadata point) {
    committed = point;
  }

  /** Waits for the windows under way. */
  void settle(Duration timeout) throws InterruptedException {
    if (!lane.awaitIdle(timeout)) {
      LOG.warnf(
          "Windows of partition=%s are still under way after timeoutMs=%d: its next owner makes"
              + " them again",
          partition, timeout.toMillis());
    }
  }

  /** Nothing of this partition is sent any more. */
  void drop() {
    lane.drop();
  }
}
