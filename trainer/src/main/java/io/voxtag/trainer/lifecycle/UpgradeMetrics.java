package io.voxtag.trainer.lifecycle;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Supplier;

/** Where the versions of the model stand. */
public final class UpgradeMetrics {

  private final Supplier<ModelVersions> versions;
  private final Clock clock;

  /**
   * Registers the meters.
   *
   * @param versions as they are known now
   */
  public UpgradeMetrics(MeterRegistry meters, Supplier<ModelVersions> versions, Clock clock) {
    this.versions = versions;
    this.clock = clock;
    for (ModelStatus status : ModelStatus.values()) {
      Gauge.builder("voxtag.trainer.model.versions", () -> count(status))
          .description("Versions of the model, by where they stand")
          .tag("status", status.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
    Gauge.builder("voxtag.trainer.candidate.age.seconds", this::candidateAge)
        .description("Time since the oldest candidate that is not ready was announced; 0 for none")
        .register(meters);
  }

  private long count(ModelStatus status) {
    return versions.get().all().stream().filter(version -> version.getStatus() == status).count();
  }

  private double candidateAge() {
    return versions.get().upcoming().stream()
        .filter(version -> version.getStatus() == ModelStatus.CANDIDATE)
        .map(ModelVersion::getAt)
        .min(Comparator.naturalOrder())
        .map(this::secondsSince)
        .orElse(0.0);
  }

  private double secondsSince(Instant announced) {
    return Math.max(0, Duration.between(announced, clock.instant()).toMillis() / 1000.0);
  }
}
