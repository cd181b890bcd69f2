package io.voxtag.matcher.model;

import io.voxtag.modelstore.BundleRefusedException;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.schemas.lifecycle.ModelVersionsFollower;
import io.voxtag.schemas.lifecycle.ModelVersionsWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spaces of the versions that {@code model-versions} announces: the one in service, those on
 * their way, and for a time of grace the one that was in service before, so that going back to it
 * takes effect at once. The configured model is there always. A version that cannot be used is
 * refused where it is not in service yet. Thread-safe.
 */
public final class AnnouncedSpaces implements ModelSpaces, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnnouncedSpaces.class);

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration START = Duration.ofSeconds(30);
  // Well below the time after which a stream thread that does not poll loses its partitions.
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration FORGIVE = Duration.ofMinutes(1);

  private final FollowedSpace configured;
  private final Function<ServedModel, FollowedSpace> opener;
  private final ModelStore store;
  private final Duration grace;
  private final Consumer<Map<String, FollowedSpace>> listener;
  private final Clock clock;
  private final ModelVersionsFollower versions;
  private final ModelVersionsWriter writer;
  private final ScheduledExecutorService manager;
  private final Map<String, FollowedSpace> spaces = new HashMap<>();
  private final Map<String, Instant> givenUp = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();
  private boolean closed;

  /**
   * Follows the topic once started.
   *
   * @param configured what serves where no version is in service; stays the caller's to close
   * @param opener makes spaces of models
   * @param store of the bundles; stays the caller's to close
   * @param grace how long the version that was in service before is kept
   * @param listener told of all spaces that are loaded, whenever one comes or goes
   */
  public AnnouncedSpaces(
      FollowedSpace configured,
      Function<ServedModel, FollowedSpace> opener,
      ModelStore store,
      KafkaSettings kafka,
      Duration grace,
      Consumer<Map<String, FollowedSpace>> listener,
      Clock clock) {
    this.configured = configured;
    this.opener = opener;
    this.store = store;
    this.grace = grace;
    this.listener = listener;
    this.clock = clock;
    this.versions = new ModelVersionsFollower(kafka, this::changed);
    this.writer = new ModelVersionsWriter(kafka);
    this.manager =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "voxtag-matcher-models");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Reads what is announced, loads it, and keeps up with it from then on. */
  public void start() throws InterruptedException {
    versions.start();
    if (!versions.awaitCurrent(START)) {
      LOG.warn("Model versions could not be read within {}, starting without", START);
    }
    update();
    manager.scheduleWithFixedDelay(
        this::updateSafely, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public ModelSpace active() {
    String version =
        versions.current().active().map(ModelVersion::getVersion).orElse(configuredVersion());
    synchronized (this) {
      FollowedSpace space = spaces.get(version);
      return space == null ? configured : space;
    }
  }

  /** All spaces that are loaded, that of the configured model first. */
  public synchronized Map<String, FollowedSpace> loaded() {
    Map<String, FollowedSpace> all = new LinkedHashMap<>();
    all.put(configuredVersion(), configured);
    all.putAll(spaces);
    return all;
  }

  @Override
  public Optional<ModelSpace> await(String version) {
    Optional<ModelSpace> found = find(version);
    if (found.isPresent() || !mayWaitFor(version)) {
      return found;
    }
    long deadline = System.nanoTime() + WAIT.toNanos();
    try {
      if (versions.awaitCurrent(WAIT) && versions.current().named(version).isPresent()) {
        waitUntil(version, deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    found = find(version);
    if (found.isEmpty()) {
      synchronized (this) {
        givenUp.put(version, clock.instant());
      }
    }
    return found;
  }

  private synchronized Optional<ModelSpace> find(String version) {
    return version.equals(configuredVersion())
        ? Optional.of(configured)
        : Optional.ofNullable(spaces.get(version));
  }

  /** One record must not hold up the others again and again. */
  private synchronized boolean mayWaitFor(String version) {
    Instant last = givenUp.get(version);
    return last == null || last.plus(FORGIVE).isBefore(clock.instant());
  }

  private synchronized void waitUntil(String version, long deadline) throws InterruptedException {
    while (!closed && !spaces.containsKey(version) && !refused.containsKey(version)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  private void changed(ModelVersions now) {
    if (!manager.isShutdown()) {
      manager.execute(this::updateSafely);
    }
  }

  private void updateSafely() {
    try {
      update();
    } catch (RuntimeException e) {
      LOG.error("Model versions could not be brought up to date, it is tried again", e);
    }
  }

  private synchronized Set<String> missing(Map<String, ModelVersion> wanted) {
    Set<String> missing = new LinkedHashSet<>(wanted.keySet());
    missing.removeAll(spaces.keySet());
    missing.removeAll(refused.keySet());
    missing.remove(configuredVersion());
    return missing;
  }

  private void update() {
    ModelVersions now = versions.current();
    Map<String, ModelVersion> wanted = wanted(now);
    for (String version : missing(wanted)) {
      open(wanted.get(version));
    }
    drop(wanted.keySet());
  }

  private Map<String, ModelVersion> wanted(ModelVersions now) {
    Map<String, ModelVersion> wanted = new LinkedHashMap<>();
    now.active().ifPresent(version -> wanted.put(version.getVersion(), version));
    now.previous()
        .filter(
            version ->
                now.active()
                    .filter(active -> active.getAt().plus(grace).isAfter(clock.instant()))
                    .isPresent())
        .ifPresent(version -> wanted.put(version.getVersion(), version));
    now.upcoming().forEach(version -> wanted.put(version.getVersion(), version));
    return wanted;
  }

  private void open(ModelVersion version) {
    try {
      Path bundle = store.fetch(URI.create(version.getBundleUri()), version.getBundleSha256());
      ServedModel model = ServedModel.read(bundle);
      if (!model.version().equals(version.getVersion())) {
        throw new UnusableModelException(
            bundle, "its version is " + model.version() + ", announced was another", null);
      }
      FollowedSpace space = opener.apply(model);
      synchronized (this) {
        spaces.put(version.getVersion(), space);
        notifyAll();
      }
      listener.accept(loaded());
      LOG.info("Model version is known, modelVersion={}", version.getVersion());
    } catch (BundleRefusedException | IllegalArgumentException | UnusableModelException e) {
      refuse(version, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.warn(
          "Model version cannot be fetched for now, modelVersion={} reason={}",
          version.getVersion(),
          e.getMessage());
    }
  }

  private void refuse(ModelVersion version, String reason) {
    synchronized (this) {
      refused.put(version.getVersion(), reason);
      notifyAll();
    }
    LOG.error(
        "Model version cannot be used, modelVersion={} reason={}", version.getVersion(), reason);
    Optional<ModelStatus> status = versions.current().statusOf(version.getVersion());
    if (status.filter(List.of(ModelStatus.CANDIDATE, ModelStatus.READY)::contains).isPresent()) {
      try {
        writer.write(
            ModelVersion.newBuilder(version)
                .setStatus(ModelStatus.REJECTED)
                .setDetail("the matcher refuses it: " + reason)
                .setAt(clock.instant())
                .build());
      } catch (KafkaException e) {
        LOG.warn("The refusal could not be published, reason={}", e.toString());
      }
    }
  }

  private void drop(Set<String> wanted) {
    Map<String, FollowedSpace> dropped = new HashMap<>();
    synchronized (this) {
      spaces.forEach(
          (version, space) -> {
            if (!wanted.contains(version)) {
              dropped.put(version, space);
            }
          });
      spaces.keySet().removeAll(dropped.keySet());
      // A version may come back: another bundle cannot have its name, but a store may recover.
      refused.keySet().retainAll(wanted);
    }
    if (!dropped.isEmpty()) {
      listener.accept(loaded());
    }
    dropped.forEach(
        (version, space) -> {
          space.close();
          LOG.info("Model version is no longer needed, modelVersion={}", version);
        });
  }

  private String configuredVersion() {
    return configured.model().version();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    versions.close();
    manager.shutdownNow();
    try {
      if (!manager.awaitTermination(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Loading a model version did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.close();
    loaded().values().stream().filter(space -> space != configured).forEach(FollowedSpace::close);
  }
}
