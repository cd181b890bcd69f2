package io.voxtag.matcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.voxtag.matcher.enrollment.EnrollmentTopology;
import io.voxtag.matcher.enrollment.PendingGauge;
import io.voxtag.matcher.enrollment.Registry;
import io.voxtag.matcher.model.AnnouncedSpaces;
import io.voxtag.matcher.model.AnnouncedSpaces.Loaded;
import io.voxtag.matcher.model.FollowedSpace;
import io.voxtag.matcher.model.ModelSpaces;
import io.voxtag.matcher.model.ServedModel;
import io.voxtag.matcher.registry.RegistryConnection;
import io.voxtag.matcher.registry.RegistryWriter;
import io.voxtag.matcher.registry.SpeakerRegistry;
import io.voxtag.matcher.shadow.ShadowComparison;
import io.voxtag.matcher.shadow.ShadowLoop;
import io.voxtag.matcher.streams.StreamsRunner;
import io.voxtag.matcher.streams.StreamsSettings;
import io.voxtag.matcher.tagging.TaggingTopology;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.serde.EventSerdes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A running matcher. Tagging and enrolling are two applications with threads of their own, so that
 * a slow Redis never holds up a tag. Thread-safe.
 */
public final class Matcher implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Matcher.class);

  private final RegistryConnection redis;
  private final FollowedSpace configured;
  private final @Nullable AnnouncedSpaces announced;
  private final ModelSpaces models;
  private final PendingGauge pending;
  private final StreamsRunner tagging;
  private final StreamsRunner enrolling;
  private final @Nullable ShadowLoop shadow;

  private Matcher(
      MatcherSettings settings,
      KafkaSettings kafka,
      ServedModel model,
      Optional<ModelStore> store,
      MatcherMetrics metrics,
      Consumer<Throwable> fatal) {
    Clock clock = Clock.systemUTC();
    MultiGauge speakers = metrics.gauges("speakers", "Speakers in memory, by model version");
    MultiGauge active =
        metrics.gauges(
            "model.active", "1 for the model version in service, 0 for others in memory");
    this.redis = RegistryConnection.to(RedisServers.of(settings), metrics::redisAnswered);
    this.configured = FollowedSpace.follow(model, redis);
    this.announced =
        store
            .map(
                from ->
                    new AnnouncedSpaces(
                        configured,
                        other -> FollowedSpace.follow(other, redis),
                        from,
                        kafka,
                        settings.models().grace(),
                        now -> describe(now, speakers, active),
                        clock))
            .orElse(null);
    this.models = announced == null ? ModelSpaces.only(configured) : announced;
    describe(new Loaded(activeVersion(), loaded()), speakers, active);
    this.pending = new PendingGauge();
    EventSerdes serdes = EventSerdes.of(kafka);
    this.tagging =
        new StreamsRunner(
            new TaggingTopology(serdes, models, settings.legTimeToLive(), metrics, clock).build(),
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
                    models,
                    new Registry(new RegistryWriter(redis), new SpeakerRegistry(redis)),
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
    this.shadow =
        announced == null || !settings.shadow().enabled()
            ? null
            : new ShadowLoop(
                kafka,
                settings.applicationId() + "-shadow",
                serdes,
                () -> !announced.upcoming().isEmpty(),
                new ShadowComparison(models, metrics::shadowed));
    describe(metrics);
  }

  /**
   * Starts a matcher; the topics must be there. Returns when the voiceprints are loaded, or Redis
   * did not give them in time, and both applications are starting.
   *
   * @param model that serves where none is in service by {@code model-versions}
   * @param store of other versions; empty to serve this model alone. Stays the caller's to close,
   *     after the matcher
   * @param fatal told, by any thread, that an application has stopped for good
   * @throws IllegalArgumentException if a setting is wrong, with the name of its key
   */
  public static Matcher start(
      MatcherSettings settings,
      KafkaSettings kafka,
      ServedModel model,
      Optional<ModelStore> store,
      MeterRegistry meters,
      Consumer<Throwable> fatal)
      throws InterruptedException {
    SettingsCheck.verify(settings);
    Matcher matcher = new Matcher(settings, kafka, model, store, new MatcherMetrics(meters), fatal);
    boolean loaded;
    try {
      if (matcher.announced != null) {
        matcher.announced.start();
      }
      loaded = matcher.awaitLoaded(settings.redisStartTimeout());
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
    if (matcher.shadow != null) {
      matcher.shadow.start();
    }
    return matcher;
  }

  private boolean awaitLoaded(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (FollowedSpace space : loaded().values()) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!space.follower().awaitLoaded(left)) {
        return false;
      }
    }
    return true;
  }

  private static void describe(Loaded now, MultiGauge speakers, MultiGauge active) {
    List<MultiGauge.Row<?>> sizes = new ArrayList<>();
    List<MultiGauge.Row<?>> service = new ArrayList<>();
    now.spaces()
        .forEach(
            (version, space) -> {
              Tags tags = Tags.of("model", version);
              sizes.add(MultiGauge.Row.of(tags, space, known -> known.voiceprints().size()));
              service.add(MultiGauge.Row.of(tags, version.equals(now.active()) ? 1 : 0));
            });
    if (!now.spaces().containsKey(now.active())) {
      service.add(MultiGauge.Row.of(Tags.of("model", now.active()), 1));
    }
    speakers.register(sizes, true);
    active.register(service, true);
  }

  private void describe(MatcherMetrics metrics) {
    metrics.gauge("redis.up", "1 where Redis answers, otherwise 0", () -> isRedisUp() ? 1 : 0);
    metrics.gauge(
        "registry.staleness.seconds",
        "Time since Redis last answered",
        () -> configured.follower().staleness().toMillis() / 1000.0);
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
    return configured.follower().isUp();
  }

  /** The spaces of all versions that are loaded, by version. */
  public Map<String, FollowedSpace> loaded() {
    return announced == null
        ? Map.of(configured.model().version(), configured)
        : announced.loaded();
  }

  /** Enrolments that wait for Redis. */
  public int pendingEnrollments() {
    return pending.total();
  }

  /** The version in service, whether or not it is loaded. */
  public String activeVersion() {
    return announced == null ? configured.model().version() : announced.activeVersion();
  }

  /** The versions that windows are scored with. */
  public ModelSpaces models() {
    return models;
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
    if (shadow != null) {
      shadow.close();
    }
    if (announced != null) {
      announced.close();
    }
    configured.close();
    redis.close();
  }
}
