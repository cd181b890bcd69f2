package io.voxtag.matcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WantedVersionsTest {

  private static final Duration GRACE = Duration.ofHours(1);
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

  private final WantedVersions wanted = new WantedVersions(GRACE);

  @Test
  void whatIsInServiceAndWhatIsOnItsWayIsWanted() {
    ModelVersions versions =
        announced("candidate", ModelStatus.CANDIDATE)
            .with("ready", version("ready", ModelStatus.READY))
            .with("no", version("no", ModelStatus.REJECTED))
            .with("active", version("active", ModelStatus.ACTIVE));

    assertThat(wanted.of(versions, START)).containsOnlyKeys("active", "candidate", "ready");
    assertThat(wanted.of(versions, START).keySet()).first().isEqualTo("active");
  }

  @Test
  void whatWasInServiceBeforeIsWantedForTheGrace() {
    ModelVersions versions =
        announced("oldest", ModelStatus.RETIRED)
            .with("before", version("before", ModelStatus.ACTIVE))
            .with("active", version("active", ModelStatus.ACTIVE));

    assertThat(wanted.of(versions, START.plus(GRACE).minusMillis(1)))
        .containsOnlyKeys("active", "before");
    assertThat(wanted.of(versions, START.plus(GRACE))).containsOnlyKeys("active");
  }

  @Test
  void whatRecordsComeOfIsWantedUntilNoneCameForTheGrace() {
    // given
    ModelVersions versions =
        announced("oldest", ModelStatus.RETIRED)
            .with("active", version("active", ModelStatus.ACTIVE));
    Instant late = START.plus(GRACE.multipliedBy(2));

    // when
    wanted.ask("oldest", late);
    wanted.askAgain("oldest", late.plusSeconds(10));
    wanted.askAgain("never asked for before", late);

    // then
    assertThat(wanted.of(versions, late.plus(GRACE).plusSeconds(9)))
        .containsOnlyKeys("active", "oldest");
    assertThat(wanted.of(versions, late.plus(GRACE).plusSeconds(10))).containsOnlyKeys("active");
  }

  @Test
  void whatIsRejectedOrUnknownIsNotLoadedHoweverOftenItIsAskedFor() {
    // given
    ModelVersions versions = announced("rejected", ModelStatus.REJECTED);

    // when
    wanted.ask("rejected", START);
    wanted.ask("unknown", START);

    // then
    assertThat(wanted.of(versions, START)).isEmpty();
  }

  private static ModelVersions announced(String version, ModelStatus status) {
    return ModelVersions.NONE.with(version, version(version, status));
  }

  static ModelVersion version(String version, ModelStatus status) {
    return ModelVersion.newBuilder()
        .setVersion(version)
        .setStatus(status)
        .setBundleUri("file:///models/" + version)
        .setBundleSha256("0".repeat(64))
        .setAt(START)
        .build();
  }
}
