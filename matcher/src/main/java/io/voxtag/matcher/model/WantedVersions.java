package io.voxtag.matcher.model;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which versions are to be in memory: the one in service, for a time of grace the one before it,
 * those on their way, and any that a record was of within the grace, for what was made under it may
 * still be waiting. Thread-safe.
 */
final class WantedVersions {

  // What was asked for has to stay for as long as a record of it is worked on.
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final Duration grace;
  private final Map<String, Instant> askedFor = new HashMap<>();

  WantedVersions(Duration grace) {
    this.grace = grace;
  }

  /** There is a record of a version that nobody else wants. */
  synchronized void ask(String version, Instant now) {
    askedFor.put(version, now);
  }

  /** There is another record of a version, which counts where there was one before. */
  synchronized void askAgain(String version, Instant now) {
    askedFor.replace(version, now);
  }

  /** Those to have in memory, the one in service first. */
  synchronized Map<String, ModelVersion> of(ModelVersions versions, Instant now) {
    Map<String, ModelVersion> wanted = new LinkedHashMap<>();
    Optional<ModelVersion> active = versions.active();
    active.ifPresent(version -> wanted.put(version.getVersion(), version));
    if (active.filter(version -> version.getAt().plus(grace).isAfter(now)).isPresent()) {
      versions.previous().ifPresent(version -> wanted.put(version.getVersion(), version));
    }
    versions.upcoming().forEach(version -> wanted.put(version.getVersion(), version));
    Duration kept = grace.compareTo(SHORTEST) < 0 ? SHORTEST : grace;
    askedFor.values().removeIf(last -> !last.plus(kept).isAfter(now));
    askedFor.keySet().stream()
        .flatMap(version -> versions.named(version).stream())
        .filter(version -> version.getStatus() != ModelStatus.REJECTED)
        .forEach(version -> wanted.putIfAbsent(version.getVersion(), version));
    return wanted;
  }
}
