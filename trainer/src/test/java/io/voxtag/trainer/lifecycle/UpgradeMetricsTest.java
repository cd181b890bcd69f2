package io.voxtag.trainer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpgradeMetricsTest {

  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private ModelVersions versions = ModelVersions.NONE;

  @Test
  void theAgeIsThatOfTheOldestCandidateThatIsNotReady() {
    new UpgradeMetrics(meters, () -> versions, Clock.fixed(NOW, ZoneOffset.UTC));
    announce("served", ModelStatus.ACTIVE, NOW.minusSeconds(9000));
    assertThat(age()).isZero();

    announce("ready", ModelStatus.READY, NOW.minusSeconds(5000));
    announce("older", ModelStatus.CANDIDATE, NOW.minusSeconds(900));
    announce("newer", ModelStatus.CANDIDATE, NOW.minusSeconds(60));

    assertThat(age()).isEqualTo(900);
    assertThat(count("candidate")).isEqualTo(2);
    assertThat(count("ready")).isEqualTo(1);
    assertThat(count("active")).isEqualTo(1);
    assertThat(count("rejected")).isZero();
  }

  private void announce(String version, ModelStatus status, Instant at) {
    versions =
        versions.with(
            version,
            ModelVersion.newBuilder()
                .setVersion(version)
                .setStatus(status)
                .setBundleUri("file:///models/" + version)
                .setBundleSha256("0".repeat(64))
                .setMetrics(Map.of())
                .setAt(at)
                .build());
  }

  private double age() {
    return meters.get("voxtag.trainer.candidate.age.seconds").gauge().value();
  }

  private double count(String status) {
    return meters.get("voxtag.trainer.model.versions").tag("status", status).gauge().value();
  }
}
