package io.voxtag.matcher.model;

import io.voxtag.modelstore.ModelStore;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.schemas.lifecycle.ModelVersionsFollower;
import io.voxtag.schemas.lifecycle.ModelVersionsWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spaces of the versions that {@code model-versions} announces, as {@link WantedVersions} says
 * which. A thread of its own loads them and lets them go. The configured model is there always. A
 * version that cannot be used is rejected where it is not in service yet. Thread-safe.
 */
public final class AnnouncedSpaces implements ModelSpaces, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnnouncedSpaces.class);

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration START = Duration.ofSeconds(30);
  // Less than the time after which a broker gives a transaction up, which may be open meanwhile.
  private static final Duration WAIT = Duration.ofSeconds(6);
  private static final Duration FORGIVE = Duration.ofMinutes(1);
  private static final Set<ModelStatus> NEVER_SERVED =
      Set.of(ModelStatus.CANDIDATE, ModelStatus.READY, ModelStatus.REJECTED);

  private final FollowedSpace configured;
  private final WantedVersions wanted;
  private final SpaceLoader loader;
  private final Clock clock;
  private final ModelVersionsFollower versions;
  private final ModelVersionsWriter writer;
  private final ScheduledExecutorService manager;
  private final Map<String, Instant> givenUp = new HashMap<>();
  private boolean closed;

  /**
   * What is in memory.
   *
   * @param active the version in service
   * @param spaces of all versions that are loaded, that of the configured model first
   */
  public record Loaded(String active, Map<String, FollowedSpace> spaces) {}

  /**
   * Follows the topic once started.
   *
   * @param configured what serves where no version is in service; stays the caller's to close
   * @param opener makes spaces of models
   * @param store of the bundles; stays the caller's to close
   * @param grace how long the version that was in service before is kept
   * @param listener told of what is in memory, whenever that changes, by the thread that loads
   */
  public AnnouncedSpaces(
      FollowedSpace configured,
      Function<ServedModel, FollowedSpace> opener,
      ModelStore store,
      KafkaSettings kafka,
      Duration grace,
      Consumer<Loaded> listener,
      Clock clock) {
    this.configured = configured;
    this.clock = clock;
    this.wanted = new WantedVersions(grace);
    this.versions = new ModelVersionsFollower(kafka, this::changed);
    this.writer = new ModelVersionsWriter(kafka);
    this.loader =
        new SpaceLoader(
            configured,
            new SpaceOpener(store, opener),
            wanted,
            versions::current,
            new Refusals(writer::write, clock),
            listener,
            clock);
    this.manager =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "voxtag-matcher-models");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Reads what is announced, loads it, and keeps up with it from then on. Returns when the version
   * in service is loaded or known to be unusable: while the store fails, this waits for it.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged, and nobody waits for it.
  public void start() throws InterruptedException {
    versions.start();
    if (!versions.awaitCurrent(START)) {
      LOG.warn("Model versions could not be read within {}, starting without", START);
    }
    manager.scheduleWithFixedDelay(this::update, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    loader.awaitActive();
  }

  /** The version in service, whether or not it is loaded. */
  public String activeVersion() {
    return loader.activeVersion();
  }

  @Override
  public ModelSpace active() {
    return find(activeVersion()).orElse(configured);
  }

  /** All spaces that are loaded, that of the configured model first. */
  public Map<String, FollowedSpace> loaded() {
    return loader.spaces();
  }

  @Override
  public Set<String> versions() {
    return loader.spaces().keySet();
  }

  /** Those on their way into service, the oldest first, whether or not they are loaded. */
  public List<String> upcoming() {
    return versions.current().upcoming().stream().map(ModelVersion::getVersion).toList();
  }

  @Override
  public boolean mayHaveServed(String version) {
    return versions.current().statusOf(version).filter(NEVER_SERVED::contains).isEmpty();
  }

  @Override
  public Optional<ModelSpace> find(String version) {
    return Optional.ofNullable(loader.space(version));
  }

  @Override
  public Optional<ModelSpace> await(String version) {
    FollowedSpace known = loader.space(version);
    if (known == configured) {
      return Optional.of(configured);
    }
    wanted.askAgain(version, clock.instant());
    if ((known != null && known.isLoaded()) || !mayWaitFor(version)) {
      return Optional.ofNullable(known);
    }
    boolean loaded = false;
    try {
      loaded = awaitLoaded(version, Deadline.in(WAIT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!loaded) {
      giveUp(version);
    }
    return find(version);
  }

  private boolean awaitLoaded(String version, Deadline deadline) throws InterruptedException {
    if (loader.space(version) == null) {
      // Whoever wrote the record knew the version from the topic, so that it is there by now.
      if (!versions.awaitCurrent(deadline.left())) {
        LOG.warn("Model versions could not be read within {}", WAIT);
      }
      if (!loader.isUsable(version)) {
        return false;
      }
      wanted.ask(version, clock.instant());
      updateSoon();
    }
    FollowedSpace space = loader.await(version, deadline);
    return space != null && space.follower().awaitLoaded(deadline.left());
  }

  /** One record must not hold up the others again and again. */
  private synchronized boolean mayWaitFor(String version) {
    Instant last = givenUp.get(version);
    return last == null || last.plus(FORGIVE).isBefore(clock.instant());
  }

  private void giveUp(String version) {
    Instant now = clock.instant();
    synchronized (this) {
      givenUp.values().removeIf(last -> last.plus(FORGIVE).isBefore(now));
      givenUp.put(version, now);
    }
    LOG.warn(
        "Records come of a model version that is not loaded, modelVersion={} loaded={}",
        version,
        versions());
  }

  private void changed(ModelVersions now) {
    synchronized (this) {
      givenUp.clear();
    }
    updateSoon();
  }

  private synchronized void updateSoon() {
    if (!closed) {
      manager.execute(this::update);
    }
  }

  private void update() {
    try {
      loader.update();
    } catch (RuntimeException e) {
      LOG.error("Model versions could not be brought up to date, it is tried again", e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      manager.shutdownNow();
    }
    loader.stop();
    versions.close();
    try {
      if (!manager.awaitTermination(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Loading a model version did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.close();
    loader.close();
  }
}
