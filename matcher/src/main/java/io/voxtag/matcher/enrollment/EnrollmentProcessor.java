package io.voxtag.matcher.enrollment;

import io.voxtag.matcher.MatcherMetrics;
import io.voxtag.matcher.registry.Generation;
import io.voxtag.matcher.registry.RegistryUnavailableException;
import io.voxtag.schemas.EnrollmentEmbeddingKey;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentResult;
import io.voxtag.schemas.kafka.SourceOffset;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies enrolments to the registry in the order in which they come and answers them. While Redis
 * is away they wait in a store; when it is back they are applied and answered. When it is back with
 * other data than before, everything that was accepted is applied again first.
 *
 * <p>Forwards answers, and null where the record of {@code enrollment-embeddings} under the key is
 * to be erased.
 */
final class EnrollmentProcessor
    extends ContextualProcessor<
        String, @Nullable EnrollmentEmbedding, String, @Nullable EnrollmentResult> {

  /** Header of the tombstones that this application writes: they erase the one record alone. */
  static final String ALONE = "voxtag.erased-alone";

  static final String GENERATION_STORE = "registry-generation";

  private static final Logger LOG = LoggerFactory.getLogger(EnrollmentProcessor.class);
  private static final String GENERATION = "generation";
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
  // Until then a replay has read what was enrolled again after the erasure, which must stay.
  private static final Duration ERASURE_DELAY = Duration.ofMinutes(1);
  // So many at once that a commit comes between, and no poll is missed.
  private static final int BATCH = 200;

  private final EnrollmentTopology settings;
  private final PendingGauge pendingGauge;
  private final MatcherMetrics metrics;
  private final Clock clock;
  private @Nullable Task task;

  EnrollmentProcessor(EnrollmentTopology settings, PendingGauge pendingGauge) {
    this.settings = settings;
    this.pendingGauge = pendingGauge;
    this.metrics = settings.metrics();
    this.clock = settings.clock();
  }

  @Override
  public void init(ProcessorContext<String, @Nullable EnrollmentResult> context) {
    super.init(context);
    KeyValueStore<String, EnrollmentEmbedding> accepted = context.getStateStore(Facts.STORE);
    KeyValueStore<String, byte[]> waiting = context.getStateStore(PendingEnrollments.STORE);
    KeyValueStore<String, String> generation = context.getStateStore(GENERATION_STORE);
    Facts facts = new Facts(accepted, context.getStateStore(Facts.UNCOMPARED_STORE));
    PendingEnrollments pending =
        new PendingEnrollments(waiting, settings.serdes().of(Topics.ENROLLMENT_EMBEDDINGS));
    task =
        new Task(
            context.taskId().partition(),
            facts,
            new OtherVersions(
                context.getStateStore(OtherVersions.HELD_STORE),
                context.getStateStore(OtherVersions.DUE_STORE)),
            new Erasures(context.getStateStore(Erasures.STORE)),
            pending,
            generation,
            new Enroller(settings.models(), settings.registry(), facts));
    pendingGauge.set(task.partition, pending.size());
    context.schedule(settings.retryInterval(), PunctuationType.WALL_CLOCK_TIME, task::tick);
  }

  @Override
  public void process(Record<String, @Nullable EnrollmentEmbedding> record) {
    Task current = Objects.requireNonNull(task, "init comes first");
    EnrollmentEmbeddingKey key = EnrollmentEmbeddingKey.parse(record.key());
    if (record.value() == null && record.headers().lastHeader(ALONE) != null) {
      current.eraseAlone(key);
    } else {
      OptionalLong offset = SourceOffset.in(record.headers());
      if (record.value() == null) {
        current.erase(key, offset);
      } else {
        current.enrol(key, record.value(), offset);
      }
    }
  }

  @Override
  public void close() {
    if (task != null) {
      pendingGauge.set(task.partition, 0);
    }
  }

  /** What belongs to the partition. */
  private final class Task {

    private final int partition;
    private final Facts facts;
    private final OtherVersions versions;
    private final Erasures erasures;
    private final PendingEnrollments pending;
    private final KeyValueStore<String, String> generations;
    private final Enroller enroller;
    private Duration backoff;
    private long nextTry;

    Task(
        int partition,
        Facts facts,
        OtherVersions versions,
        Erasures erasures,
        PendingEnrollments pending,
        KeyValueStore<String, String> generations,
        Enroller enroller) {
      this.partition = partition;
      this.facts = facts;
      this.versions = versions;
      this.erasures = erasures;
      this.pending = pending;
      this.generations = generations;
      this.enroller = enroller;
      this.backoff = settings.retryInterval();
    }

    void enrol(EnrollmentEmbeddingKey key, EnrollmentEmbedding embedding, OptionalLong offset) {
      if (erasures.cameAfter(key.enrollment(), offset)) {
        LOG.info("An embedder that is behind embedded what is erased, key={}", key.encode());
        versions.writtenTooLate(key, context().currentSystemTimeMs());
        return;
      }
      versions.written(key, offset);
      answerNow(
          key, embedding, () -> enroller.enrol(key, embedding), () -> pending.add(key, embedding));
    }

    void erase(EnrollmentEmbeddingKey key, OptionalLong offset) {
      long now = context().currentSystemTimeMs();
      erasures.erased(key.enrollment(), offset, now);
      Set<String> spared = versions.recordingErased(key, offset, now + ERASURE_DELAY.toMillis());
      // At once, so that nothing that is applied again in the meantime brings the voice back.
      facts.erase(key.enrollment(), spared);
      answerNow(
          key, null, () -> enroller.erase(key, spared), () -> pending.addErasure(key, spared));
    }

    /** Decides and answers, or has it wait for Redis, behind what waits already. */
    private void answerNow(
        EnrollmentEmbeddingKey key,
        @Nullable EnrollmentEmbedding embedding,
        Supplier<Ruling> decision,
        Runnable wait) {
      if (pending.size() == 0) {
        try {
          answer(key, embedding, metrics.apply(decision));
          return;
        } catch (RegistryUnavailableException e) {
          LOG.warn("Enrolments wait for Redis, partition={} reason={}", partition, e.getMessage());
        }
      }
      wait.run();
      pendingGauge.set(partition, pending.size());
    }

    /**
     * Only where a replay brings the record under another version after the erasure is there
     * anything left to do.
     */
    void eraseAlone(EnrollmentEmbeddingKey key) {
      versions.erased(key);
      boolean known = facts.erase(key);
      if (pending.size() == 0) {
        try {
          if (known) {
            enroller.eraseAlone(key);
          }
          return;
        } catch (RegistryUnavailableException e) {
          LOG.warn("Erasures wait for Redis, partition={} reason={}", partition, e.getMessage());
        }
      }
      pending.addErasureAlone(key);
      pendingGauge.set(partition, pending.size());
    }

    void tick(long now) {
      for (String key : versions.takeDue(now)) {
        Headers headers = new RecordHeaders().add(ALONE, new byte[0]);
        context().forward(new Record<>(key, null, clock.millis(), headers));
        LOG.info("The vector of an erased recording is erased, key={}", key);
      }
      erasures.forget(now);
      catchUp(now);
    }

    private void catchUp(long now) {
      if (now < nextTry) {
        return;
      }
      try {
        rebuildIfNeeded();
        drain();
        backoff = settings.retryInterval();
        nextTry = 0;
      } catch (RegistryUnavailableException e) {
        LOG.debug("Redis is still away, partition={} reason={}", partition, e.getMessage());
        backoff = min(backoff.multipliedBy(2), LONGEST_BACKOFF);
        nextTry = now + backoff.toMillis();
      } finally {
        pendingGauge.set(partition, pending.size());
      }
    }

    private void rebuildIfNeeded() {
      Generation found = enroller.generation();
      String known = generations.get(GENERATION);
      if (found.id().equals(known)) {
        return;
      }
      int partitions = EnrollmentTopology.PARTITIONS;
      enroller.rebuild(
          partition,
          found,
          known == null
              ? Optional.empty()
              : Optional.of(
                  speaker -> SpeakerPartitioner.partition(speaker, partitions) == partition));
      generations.put(GENERATION, found.id());
      LOG.info("The registry holds all accepted enrolments, partition={}", partition);
    }

    private void drain() {
      for (int i = 0; i < BATCH; i++) {
        Optional<PendingEnrollments.Entry> entry = pending.first();
        if (entry.isEmpty()) {
          return;
        }
        apply(entry.get());
        pending.remove(entry.get());
      }
    }

    private void apply(PendingEnrollments.Entry entry) {
      EnrollmentEmbeddingKey key = entry.key();
      EnrollmentEmbedding embedding = entry.embedding();
      if (entry.alone()) {
        enroller.eraseAlone(key);
      } else if (embedding == null) {
        answer(key, null, metrics.apply(() -> enroller.erase(key, entry.spared())));
      } else {
        answer(key, embedding, metrics.apply(() -> enroller.enrol(key, embedding)));
      }
    }

    private void answer(
        EnrollmentEmbeddingKey key, @Nullable EnrollmentEmbedding embedding, Ruling ruling) {
      EnrollmentResult result =
          EnrollmentResult.newBuilder()
              .setSpeakerId(key.speakerId())
              .setUtteranceId(key.utteranceId())
              .setModelVersion(key.modelVersion())
              .setOutcome(ruling.outcome())
              .setDetail(ruling.detail())
              .setOtherSpeakerId(ruling.otherSpeaker())
              .setUtterances(facts.count(key))
              .setNetSpeechMs(embedding == null ? 0 : embedding.getNetSpeechMs())
              .setSnrDb(embedding == null ? Float.NaN : embedding.getSnrDb())
              .setAt(clock.instant())
              .build();
      context().forward(new Record<>(key.enrollment().encode(), result, clock.millis()));
      metrics.enrolled(ruling.outcome().name());
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
