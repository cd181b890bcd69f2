package io.voxtag.schemas.lifecycle;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code model-versions} says up to a record. Of all versions whose last record says ACTIVE,
 * the one that came last is in service: a promotion is complete with a single record, and the
 * version that it replaces counts as retired from then on, whether or not a record says so yet.
 * Immutable.
 */
public final class ModelVersions {

  /** Nothing is known. */
  public static final ModelVersions NONE = new ModelVersions(Map.of());

  // In the order of the last records, which compaction keeps.
  private final Map<String, ModelVersion> byVersion;

  private ModelVersions(Map<String, ModelVersion> byVersion) {
    this.byVersion = byVersion;
  }

  /**
   * After another record.
   *
   * @param version the record key
   * @param record the state; null where the version was removed from the topic
   */
  public ModelVersions with(String version, @Nullable ModelVersion record) {
    Map<String, ModelVersion> next = new LinkedHashMap<>(byVersion);
    next.remove(version);
    if (record != null) {
      next.put(version, record);
    }
    return new ModelVersions(Collections.unmodifiableMap(next));
  }

  /** The version in service; empty where none was ever promoted. */
  public Optional<ModelVersion> active() {
    return newestFirst().filter(is(ModelStatus.ACTIVE)).findFirst();
  }

  /** What a rollback goes back to: of the versions that were in service, the last one. */
  public Optional<ModelVersion> previous() {
    Optional<String> active = active().map(ModelVersion::getVersion);
    return newestFirst()
        .filter(version -> active.filter(version.getVersion()::equals).isEmpty())
        .filter(is(ModelStatus.ACTIVE).or(is(ModelStatus.RETIRED)))
        .findFirst();
  }

  /** Versions on their way into service, the oldest first: CANDIDATE or READY. */
  public List<ModelVersion> upcoming() {
    return all().stream().filter(ModelVersions::isUpcoming).toList();
  }

  /** Whether a version is on its way into service: CANDIDATE or READY. */
  public static boolean isUpcoming(ModelVersion version) {
    return version.getStatus() == ModelStatus.CANDIDATE || version.getStatus() == ModelStatus.READY;
  }

  /**
   * The record for another state of a version; bundle and metrics stay.
   *
   * @param detail the reason in words, where there is one
   * @param at when it changes
   */
  public static ModelVersion changed(
      ModelVersion version, ModelStatus status, @Nullable String detail, Instant at) {
    return ModelVersion.newBuilder(version).setStatus(status).setDetail(detail).setAt(at).build();
  }

  /** A version by its name. */
  public Optional<ModelVersion> named(String version) {
    return Optional.ofNullable(byVersion.get(version));
  }

  /** Where a version stands: RETIRED also for one that was replaced without a record of its own. */
  public Optional<ModelStatus> statusOf(String version) {
    return named(version)
        .map(
            found ->
                found.getStatus() == ModelStatus.ACTIVE && !isActive(version)
                    ? ModelStatus.RETIRED
                    : found.getStatus());
  }

  /** Whether it is the one in service. */
  public boolean isActive(String version) {
    return active().filter(active -> active.getVersion().equals(version)).isPresent();
  }

  /** All versions, in the order of their last change. */
  public List<ModelVersion> all() {
    return List.copyOf(byVersion.values());
  }

  private Stream<ModelVersion> newestFirst() {
    List<ModelVersion> newest = new ArrayList<>(byVersion.values());
    Collections.reverse(newest);
    return newest.stream();
  }

  private static Predicate<ModelVersion> is(ModelStatus status) {
    return version -> version.getStatus() == status;
  }
}
