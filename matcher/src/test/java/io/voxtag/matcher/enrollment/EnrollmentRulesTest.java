package io.voxtag.matcher.enrollment;

import static io.voxtag.matcher.TestEvents.MODEL;
import static io.voxtag.matcher.TestEvents.enrollment;
import static io.voxtag.matcher.TestEvents.key;
import static io.voxtag.matcher.TestEvents.recording;
import static io.voxtag.matcher.TestEvents.voice;
import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.schemas.event.EmbeddingOutcome;
import io.voxtag.schemas.event.EnrollmentEmbedding;
import io.voxtag.schemas.event.EnrollmentOutcome;
import io.voxtag.scoring.VoiceprintIndex;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnrollmentRulesTest {

  private final EnrollmentRules rules = new EnrollmentRules(MODEL.decision());
  private final VoiceprintIndex index = new VoiceprintIndex(MODEL.embeddingSize());

  @ParameterizedTest
  @EnumSource(value = EmbeddingOutcome.class, mode = EnumSource.Mode.EXCLUDE, names = "EMBEDDED")
  void aReasonOfTheEmbeddingIsPassedOn(EmbeddingOutcome outcome) {
    // given
    EnrollmentEmbedding embedding =
        EnrollmentEmbedding.newBuilder(enrollment(key("ann", "1"), voice("ann")))
            .setOutcome(outcome)
            .setDetail("because")
            .setVector(null)
            .build();

    // when
    Ruling ruling = EnrollmentRules.withoutComparison(embedding).orElseThrow();

    // then
    assertThat(ruling.outcome().name()).isEqualTo(outcome.name());
    assertThat(ruling.detail()).isEqualTo("because");
  }

  @Test
  void withoutConsentNobodyIsEnrolled() {
    // given
    EnrollmentEmbedding embedding =
        EnrollmentEmbedding.newBuilder(enrollment(key("ann", "1"), voice("ann")))
            .setConsent(null)
            .build();

    // when, then
    assertThat(EnrollmentRules.withoutComparison(embedding).orElseThrow().outcome())
        .isEqualTo(EnrollmentOutcome.NO_CONSENT);
  }

  @Test
  void aFirstRecordingOfANewVoiceIsAccepted() {
    // given
    index.replaceAll(Map.of("bob", voice("bob")), "1-0");

    // when
    Ruling ruling = rules.compare("ann", voice("ann"), List.of(), index.snapshot());

    // then
    assertThat(ruling).isEqualTo(Ruling.ACCEPTED);
  }

  @Test
  void aFurtherRecordingMustBeOfTheSameVoice() {
    // given
    index.replaceAll(Map.of("ann", voice("ann")), "1-0");
    List<float[]> own = List.of(recording("ann", 1), recording("ann", 2));

    // when
    Ruling same = rules.compare("ann", recording("ann", 3), own, index.snapshot());
    Ruling other = rules.compare("ann", voice("stranger"), own, index.snapshot());

    // then
    assertThat(same).isEqualTo(Ruling.ACCEPTED);
    assertThat(other.outcome()).isEqualTo(EnrollmentOutcome.NOT_THE_SAME_VOICE);
    assertThat(other.detail()).contains("2 other recordings").contains("below 0.300");
  }

  @Test
  void aVoiceThatIsEnrolledUnderAnotherNameIsRefusedWithThatName() {
    // given
    index.replaceAll(Map.of("ann", voice("ann"), "bob", voice("bob")), "1-0");

    // when
    Ruling asNew = rules.compare("carl", recording("bob", 1), List.of(), index.snapshot());
    Ruling asKnown =
        rules.compare("ann", recording("bob", 1), List.of(voice("ann")), index.snapshot());

    // then
    assertThat(asNew.outcome()).isEqualTo(EnrollmentOutcome.ALREADY_ANOTHER_SPEAKER);
    assertThat(asNew.otherSpeaker()).isEqualTo("bob");
    assertThat(asKnown.outcome()).isEqualTo(EnrollmentOutcome.ALREADY_ANOTHER_SPEAKER);
  }

  @Test
  void twoSpeakersWhoseVoicesAreVeryAlikeMayBothGoOnEnrolling() {
    // given: bob's voiceprint is near, ann's own recordings are nearer
    float[] ann = voice("ann");
    index.replaceAll(Map.of("ann", ann, "bob", recording("ann", 5)), "1-0");

    // when
    Ruling ruling = rules.compare("ann", ann, List.of(ann), index.snapshot());

    // then
    assertThat(ruling).isEqualTo(Ruling.ACCEPTED);
  }
}
