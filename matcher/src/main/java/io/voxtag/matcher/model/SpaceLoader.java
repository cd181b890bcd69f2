package io.voxtag.matcher.model;

import io.voxtag.matcher.model.AnnouncedSpaces.Loaded;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the spaces in memory that are wanted, and no others. Thread-safe. */
final class SpaceLoader {

  private static final Logger LOG = LoggerFactory.getLogger(SpaceLoader.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final FollowedSpace configured;
  private final SpaceOpener opener;
  private final WantedVersions wanted;
  private final Supplier<ModelVersions> versions;
  private final Refusals refusals;
  private final Consumer<Loaded> listener;
  private final Clock clock;
  private final Map<String, FollowedSpace> spaces = new HashMap<>();
  private final Map<String, Instant> failed = new HashMap<>();
  private @Nullable Loaded told;
  private boolean closed;

  /**
   * @param configured is there always, and stays the caller's to close
   * @param versions what is announced now
   * @param listener told of what is in memory, whenever that changes, by who calls {@link #update}
   */
  SpaceLoader(
      FollowedSpace configured,
      SpaceOpener opener,
      WantedVersions wanted,
      Supplier<ModelVersions> versions,
      Refusals refusals,
      Consumer<Loaded> listener,
      Clock clock) {
    this.configured = configured;
    this.opener = opener;
    this.wanted = wanted;
    this.versions = versions;
    this.refusals = refusals;
    this.listener = listener;
    this.clock = clock;
  }

  /** The space of a version; null where it is not in memory. */
  synchronized @Nullable FollowedSpace space(String version) {
    return version.equals(configuredVersion()) ? configured : spaces.get(version);
  }

  /** All spaces that are in memory, that of the configured model first. */
  synchronized Map<String, FollowedSpace> spaces() {
    Map<String, FollowedSpace> all = new LinkedHashMap<>();
    all.put(configuredVersion(), configured);
    all.putAll(spaces);
    return all;
  }

  /** The version in service: the configured one where none is announced. */
  String activeVersion() {
    return versions.get().active().map(ModelVersion::getVersion).orElse(configuredVersion());
  }

  /** Whether a version is announced and was not refused. */
  boolean isUsable(String version) {
    return versions
        .get()
        .named(version)
        .filter(named -> named.getStatus() != ModelStatus.REJECTED && !refusals.has(named))
        .isPresent();
  }

  /** Waits for the space of a version; null where the time passes, or it cannot be used. */
  synchronized @Nullable FollowedSpace await(String version, Deadline deadline)
      throws InterruptedException {
    while (!closed && space(version) == null && isUsable(version) && !deadline.isOver()) {
      wait(deadline.left().toMillis());
    }
    return space(version);
  }

  /** Waits until the version in service is in memory, or known to be unusable. */
  synchronized void awaitActive() throws InterruptedException {
    while (!closed
        && (told == null || versions.get().active().filter(this::isMissing).isPresent())) {
      wait(RETRY.toMillis());
    }
  }

  /** Loads what is missing and lets go what is not needed; by one thread at a time. */
  void update() {
    ModelVersions now = versions.get();
    Map<String, ModelVersion> needed = wanted.of(now, clock.instant());
    for (ModelVersion version : needed.values()) {
      if (isMissing(version) && !hasJustFailed(version.getVersion())) {
        open(version);
        tell();
      }
    }
    refusals.retain(needed.values());
    refusals.publish(now);
    List<FollowedSpace> dropped = drop(needed.keySet());
    tell();
    dropped.forEach(FollowedSpace::close);
  }

  private boolean isMissing(ModelVersion version) {
    return space(version.getVersion()) == null && !refusals.has(version);
  }

  private synchronized boolean hasJustFailed(String version) {
    Instant last = failed.get(version);
    return last != null && last.plus(RETRY).isAfter(clock.instant());
  }

  private void open(ModelVersion version) {
    try {
      FollowedSpace space = opener.open(version);
      synchronized (this) {
        spaces.put(version.getVersion(), space);
        failed.remove(version.getVersion());
      }
      LOG.info("Model version is in memory, modelVersion={}", version.getVersion());
    } catch (RefusedVersionException e) {
      refusals.add(version, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.warn(
          "Model version cannot be fetched for now, modelVersion={} reason={}",
          version.getVersion(),
          e.toString());
      synchronized (this) {
        failed.put(version.getVersion(), clock.instant());
      }
    }
  }

  private synchronized List<FollowedSpace> drop(Set<String> needed) {
    List<FollowedSpace> dropped = new ArrayList<>();
    for (String version : Set.copyOf(spaces.keySet())) {
      if (!needed.contains(version)) {
        dropped.add(spaces.remove(version));
        LOG.info("Model version is no longer needed, modelVersion={}", version);
      }
    }
    failed.keySet().retainAll(needed);
    return dropped;
  }

  private synchronized void tell() {
    Loaded now = new Loaded(activeVersion(), spaces());
    if (!now.equals(told)) {
      listener.accept(now);
      told = now;
    }
    notifyAll();
  }

  private String configuredVersion() {
    return configured.model().version();
  }

  /** Nobody waits any longer. */
  synchronized void stop() {
    closed = true;
    notifyAll();
  }

  /** Lets go of all but the configured space, once no thread updates any more. */
  synchronized void close() {
    spaces.values().forEach(FollowedSpace::close);
    spaces.clear();
  }
}
