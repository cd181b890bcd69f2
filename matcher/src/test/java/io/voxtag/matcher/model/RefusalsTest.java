package io.voxtag.matcher.model;

import static io.voxtag.matcher.model.WantedVersionsTest.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {

  private final List<ModelVersion> written = new ArrayList<>();
  private boolean kafkaAway;
  private final Refusals refusals = new Refusals(this::write, Clock.systemUTC());

  @ParameterizedTest
  @EnumSource(
      value = ModelStatus.class,
      names = {"CANDIDATE", "READY"})
  void whatIsOnItsWayIsRejectedOnceWithTheReason(ModelStatus status) {
    // given
    ModelVersion version = version("m-2", status);
    ModelVersions now = ModelVersions.NONE.with("m-2", version);

    // when
    refusals.add(version, "it has no decision");
    refusals.publish(now);
    refusals.publish(now);

    // then
    assertThat(written).hasSize(1);
    assertThat(written.get(0).getStatus()).isEqualTo(ModelStatus.REJECTED);
    assertThat(written.get(0).getDetail()).isEqualTo("Matchers cannot use it: it has no decision");
    assertThat(written.get(0).getBundleUri()).isEqualTo(version.getBundleUri());
  }

  @ParameterizedTest
  @EnumSource(
      value = ModelStatus.class,
      names = {"ACTIVE", "RETIRED"})
  void whatServesOrServedIsNotRejected(ModelStatus status) {
    // given
    ModelVersion version = version("m-2", status);

    // when
    refusals.add(version, "it has no decision");
    refusals.publish(ModelVersions.NONE.with("m-2", version));

    // then
    assertThat(refusals.has(version)).isTrue();
    assertThat(written).isEmpty();
  }

  @Test
  void whatChangedMeanwhileIsNotRejected() {
    // given
    ModelVersion version = version("m-2", ModelStatus.CANDIDATE);
    ModelVersion promoted = version("m-2", ModelStatus.ACTIVE);

    // when
    refusals.add(version, "it has no decision");
    refusals.publish(ModelVersions.NONE.with("m-2", promoted));

    // then
    assertThat(written).isEmpty();
    assertThat(refusals.has(promoted)).isFalse();
  }

  @Test
  void whatKafkaDoesNotTakeIsPublishedLater() {
    // given
    ModelVersion version = version("m-2", ModelStatus.CANDIDATE);
    ModelVersions now = ModelVersions.NONE.with("m-2", version);
    refusals.add(version, "it has no decision");

    // when
    kafkaAway = true;
    refusals.publish(now);
    kafkaAway = false;
    refusals.publish(now);

    // then
    assertThat(written).hasSize(1);
  }

  @Test
  void whatIsAnnouncedAnewIsTriedAgain() {
    // given
    ModelVersion version = version("m-2", ModelStatus.CANDIDATE);
    refusals.add(version, "it has no decision");

    // when
    refusals.retain(List.of());

    // then
    assertThat(refusals.has(version)).isFalse();
  }

  private void write(ModelVersion version) {
    if (kafkaAway) {
      throw new KafkaException("away");
    }
    written.add(version);
  }
}
