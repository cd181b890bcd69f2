package io.voxtag.embedder.model;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which versions are to be in memory, besides the one that serves.
 *
 * @param records by version, in the order in which to load them: the promoted one, those on their
 *     way into service, the newest first, and the former one
 * @param unrecorded a former version without a record, such as the configured bundle
 * @param left versions on their way into service that there is no room for
 */
record Wanted(Map<String, ModelVersion> records, Optional<String> unrecorded, List<String> left) {

  /**
   * What {@code model-versions} asks for.
   *
   * @param former the version that was in service before, where it is to be kept
   * @param most versions on their way into service
   */
  static Wanted of(ModelVersions versions, Optional<String> former, int most) {
    Map<String, ModelVersion> records = new LinkedHashMap<>();
    versions.active().ifPresent(active -> records.put(active.getVersion(), active));
    List<ModelVersion> upcoming = new ArrayList<>(versions.upcoming());
    Collections.reverse(upcoming);
    upcoming.stream().limit(most).forEach(version -> records.put(version.getVersion(), version));
    former
        .flatMap(versions::named)
        .filter(version -> version.getStatus() != ModelStatus.REJECTED)
        .ifPresent(version -> records.putIfAbsent(version.getVersion(), version));
    return new Wanted(
        Collections.unmodifiableMap(records),
        former.filter(version -> versions.named(version).isEmpty()),
        upcoming.stream()
            .skip(most)
            .map(ModelVersion::getVersion)
            .filter(version -> !records.containsKey(version))
            .toList());
  }
}
