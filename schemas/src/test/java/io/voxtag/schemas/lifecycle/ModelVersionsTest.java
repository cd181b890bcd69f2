package io.voxtag.schemas.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelVersionsTest {

  @Test
  void nothingIsInServiceAtFirst() {
    assertThat(ModelVersions.NONE.active()).isEmpty();
    assertThat(ModelVersions.NONE.previous()).isEmpty();
    assertThat(ModelVersions.NONE.upcoming()).isEmpty();
    assertThat(ModelVersions.NONE.statusOf("a")).isEmpty();
  }

  @Test
  void promotionIsCompleteWithOneRecord() {
    ModelVersions versions =
        after("a", ModelStatus.ACTIVE, "b", ModelStatus.READY, "b", ModelStatus.ACTIVE);

    assertThat(names(versions.active())).contains("b");
    assertThat(names(versions.previous())).contains("a");
    assertThat(versions.statusOf("a")).contains(ModelStatus.RETIRED);
    assertThat(versions.isActive("a")).isFalse();
  }

  @Test
  void rollingBackTwiceEndsWhereItBegan() {
    ModelVersions promoted =
        after("a", ModelStatus.ACTIVE, "b", ModelStatus.ACTIVE, "a", ModelStatus.RETIRED);
    ModelVersions back = promoted.with("a", version("a", ModelStatus.ACTIVE));

    assertThat(names(back.active())).contains("a");
    assertThat(names(back.previous())).contains("b");
    ModelVersions again = back.with("b", version("b", ModelStatus.ACTIVE));
    assertThat(names(again.active())).contains("b");
    assertThat(names(again.previous())).contains("a");
  }

  @Test
  void whatWasNeverInServiceIsNoWayBack() {
    ModelVersions versions =
        after(
            "a", ModelStatus.ACTIVE,
            "b", ModelStatus.REJECTED,
            "c", ModelStatus.CANDIDATE,
            "d", ModelStatus.READY);

    assertThat(versions.previous()).isEmpty();
    assertThat(versions.upcoming()).extracting(ModelVersion::getVersion).containsExactly("c", "d");
  }

  @Test
  void aTombstoneForgetsAVersion() {
    ModelVersions versions = after("a", ModelStatus.ACTIVE, "b", ModelStatus.ACTIVE);

    assertThat(names(versions.with("b", null).active())).contains("a");
    assertThat(versions.all()).hasSize(2);
  }

  private static ModelVersions after(Object... states) {
    ModelVersions versions = ModelVersions.NONE;
    for (int i = 0; i < states.length; i += 2) {
      String name = (String) states[i];
      versions = versions.with(name, version(name, (ModelStatus) states[i + 1]));
    }
    return versions;
  }

  private static Optional<String> names(Optional<ModelVersion> version) {
    return version.map(ModelVersion::getVersion);
  }

  private static ModelVersion version(String name, ModelStatus status) {
    return ModelVersion.newBuilder()
        .setVersion(name)
        .setStatus(status)
        .setBundleUri("file:/store/" + name)
        .setBundleSha256("0".repeat(64))
        .setMetrics(Map.of())
        .setAt(Instant.EPOCH)
        .build();
  }
}
