package io.voxtag.matcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.matcher.enrollment.EnrollmentTopology;
import io.voxtag.matcher.enrollment.PendingGauge;
import io.voxtag.matcher.enrollment.Registry;
import io.voxtag.matcher.model.ServedModel;
import io.voxtag.matcher.registry.RegistryConnection;
import io.voxtag.matcher.registry.RegistryFollower;
import io.voxtag.matcher.registry.RegistryWriter;
import io.voxtag.matcher.registry.SpeakerRegistry;
import io.voxtag.matcher.streams.StreamsRunner;
import io.voxtag.matcher.streams.StreamsSettings;
import io.voxtag.matcher.tagging.TaggingTopology;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.scoring.Decision;
import io.voxtag.scoring.SmoothedThresholdDecision;
import io.voxtag.scoring.VoiceprintIndex;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jboss.logging.Logger;

/**
 * A running matcher. Tagging and enrolling are two applications with threads of their own, so that
 * a slow Redis never holds up a tag. Thread-safe.
 */
public final class Matcher implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Matcher.class);

  private final ServedModel model;
  private final RegistryConnection redis;
  private final RegistryFollower follower;
  private final PendingGauge pending;
  private final StreamsRunner tagging;
  private final StreamsRunner enrolling;

  private Matcher(
      MatcherSettings settings,
      KafkaSettings kafka,
      ServedModel model,
      MatcherMetrics metrics,
      Consumer<Throwable> fatal) {
    this.model = model;
    this.redis = RegistryConnection.to(settings.redisUrl(), metrics::redisAnswered);
    this.follower =
        new RegistryFollower(
            redis,
            model.version(),
            new VoiceprintIndex(model.embeddingSize(), model.norm()),
            EnrollmentTopology.PARTITIONS);
    this.pending = new PendingGauge();
    EventSerdes serdes = EventSerdes.of(kafka);
    Decision<?> decision = new SmoothedThresholdDecision(model.decision());
    Clock clock = Clock.systemUTC();
    this.tagging =
        new StreamsRunner(
            new TaggingTopology(
                    serdes,
                    model,
                    decision,
                    follower::voiceprints,
                    settings.legTimeToLive(),
                    metrics,
                    clock)
                .build(),
            new StreamsSettings(
                kafka,
                settings.applicationId(),
                settings.threads(),
                settings.instanceId(),
                Topics.SPEECH_EMBEDDINGS,
                Topics.SPEAKER_TAGS),
            metrics,
            fatal);
    this.enrolling =
        new StreamsRunner(
            new EnrollmentTopology(
                    serdes,
                    model,
                    new Registry(new RegistryWriter(redis), new SpeakerRegistry(redis), follower),
                    pending,
                    settings.retryInterval(),
                    metrics,
                    clock)
                .build(),
            new StreamsSettings(
                kafka,
                settings.applicationId() + "-enrollment",
                1,
                settings.instanceId(),
                Topics.ENROLLMENT_EMBEDDINGS,
                Topics.ENROLLMENT_RESULTS),
            metrics,
            fatal);
    describe(metrics);
  }

  /**
   * Starts a matcher; the topics must be there. Returns when the voiceprints are loaded, or Redis
   * did not give them in time, and both applications are starting.
   *
   * @param fatal told, by any thread, that an application has stopped for good
   * @throws IllegalArgumentException if a setting is wrong, with the name of its key
   */
  public static Matcher start(
      MatcherSettings settings,
      KafkaSettings kafka,
      ServedModel model,
      MeterRegistry meters,
      Consumer<Throwable> fatal)
      throws InterruptedException {
    SettingsCheck.verify(settings);
    Matcher matcher = new Matcher(settings, kafka, model, new MatcherMetrics(meters), fatal);
    matcher.follower.start();
    boolean loaded;
    try {
      loaded = matcher.follower.awaitLoaded(settings.redisStartTimeout());
    } catch (InterruptedException e) {
      matcher.close();
      throw e;
    }
    if (!loaded) {
      LOG.warnf(
          "Redis did not answer within %s, starting without voiceprints: all voices are unknown"
              + " until it does",
          settings.redisStartTimeout());
    }
    matcher.tagging.start();
    matcher.enrolling.start();
    return matcher;
  }

  private void describe(MatcherMetrics metrics) {
    metrics.gauge(
        "speakers",
        "Speakers in memory",
        () -> follower.voiceprints().size(),
        "model",
        model.version());
    metrics.gauge("redis.up", "1 where Redis answers, otherwise 0", () -> isRedisUp() ? 1 : 0);
    metrics.gauge(
        "registry.staleness.seconds",
        "Time since Redis last answered",
        () -> follower.staleness().toMillis() / 1000.0);
    metrics.gauge("enrollments.pending", "Enrolments that wait for Redis", pending::total);
  }

  /** Whether both applications are running, neither starting nor rebalancing nor stopped. */
  public boolean isRunning() {
    return applications().stream().allMatch(runner -> runner.state() == State.RUNNING);
  }

  /** Whether an application has stopped for good: the process should be restarted. */
  public boolean hasFailed() {
    return applications().stream()
        .anyMatch(
            runner ->
                runner.state() == State.ERROR
                    || runner.state() == State.PENDING_ERROR
                    || runner.state() == State.NOT_RUNNING);
  }

  /** Tagging and enrolling. */
  public List<StreamsRunner> applications() {
    return List.of(tagging, enrolling);
  }

  /** Whether Redis answered when last asked. */
  public boolean isRedisUp() {
    return follower.isUp();
  }

  /** The voiceprints in memory. */
  public RegistryFollower follower() {
    return follower;
  }

  /** Enrolments that wait for Redis. */
  public int pendingEnrollments() {
    return pending.total();
  }

  /** The model in service. */
  public ServedModel model() {
    return model;
  }

  @Override
  public void close() {
    // Both at once: each waits for its group.
    Thread other = new Thread(enrolling::close, "voxtag-matcher-close");
    other.start();
    tagging.close();
    try {
      other.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    follower.close();
    redis.close();
  }
}
