package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionProfileTest {

  private static final String NORMALISED =
      "{'threshold': 4.5, 'sameVoiceThreshold': 0.3, 'duplicateThreshold': 0.8,"
          + " 'scoreNorm': {'method': 'as-norm', 'topK': 200},"
          + " 'calibration': {'scale': 2, 'offset': -5}}";

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void readsAThresholdAloneAndIgnoresWhatItDoesNotKnow() throws Exception {
    // when
    DecisionProfile profile =
        json.readValue("{\"threshold\": 0.4, \"colour\": {\"scale\": 3}}", DecisionProfile.class);

    // then
    assertThat(profile).isEqualTo(DecisionProfile.withThreshold(0.4));
    assertThat(profile.sameVoiceThreshold()).isLessThan(0.4);
    assertThat(profile.duplicateThreshold()).isEqualTo(0.7);
  }

  @Test
  void survivesWritingAndReading() throws Exception {
    // given
    DecisionProfile profile =
        new DecisionProfile(
            4.5,
            0.2,
            0.8,
            1,
            3,
            new ScoreNormProfile(ScoreNormProfile.Method.AS_NORM, 200),
            new Calibration(1.5, -4));

    // when
    String written = json.writeValueAsString(profile);

    // then
    assertThat(written).contains("\"scoreNorm\":{\"method\":\"as-norm\",\"topK\":200}");
    assertThat(json.readValue(written, DecisionProfile.class)).isEqualTo(profile);
  }

  @Test
  void aMissingOrImpossibleValueIsNamed() {
    assertThatThrownBy(() -> json.readValue("{}", DecisionProfile.class))
        .hasRootCauseInstanceOf(InvalidDecisionProfileException.class)
        .hasMessageContaining("decision.threshold is null");
    assertThatThrownBy(() -> DecisionProfile.withThreshold(1.5))
        .isInstanceOf(InvalidDecisionProfileException.class)
        .hasMessageContaining("decision.threshold is 1.5");
    assertThatThrownBy(() -> read("{'threshold': 0.4, 'smoothing': 0}"))
        .hasMessageContaining("decision.smoothing is 0.0");
    assertThatThrownBy(() -> read("{'threshold': 0.4, 'duplicateThreshold': 0.2}"))
        .hasMessageContaining("decision.duplicateThreshold is 0.2");
    assertThatThrownBy(() -> read("{'threshold': 0.4, 'confirmWindows': 0}"))
        .hasMessageContaining("decision.confirmWindows is 0");
  }

  @Test
  void aThresholdInDeviationsNeedsTheCosinesThatDoNotFollowFromIt() throws Exception {
    assertThat(read(NORMALISED).threshold()).isEqualTo(4.5);
    assertThatThrownBy(() -> read(NORMALISED.replace("'sameVoiceThreshold': 0.3,", "")))
        .hasMessageContaining("decision.sameVoiceThreshold is null")
        .hasMessageContaining("where scores are normalised");
    assertThatThrownBy(() -> read(NORMALISED.replace("'duplicateThreshold': 0.8,", "")))
        .hasMessageContaining("decision.duplicateThreshold is null");
    assertThatThrownBy(() -> read(NORMALISED.replace("4.5", "4500")))
        .hasMessageContaining("decision.threshold is 4500.0; it must be a number of deviations");
    assertThatThrownBy(() -> read(NORMALISED.replace("4.5", "'NaN'")))
        .hasMessageContaining("decision.threshold is NaN");
  }

  @Test
  void aScaleThatIsNotKnownIsRefused() {
    assertThatThrownBy(() -> read(NORMALISED.replace("as-norm", "t-norm")))
        .hasMessageContaining("t-norm")
        .hasMessageContaining("as-norm");
    assertThatThrownBy(() -> read(NORMALISED.replace("200", "1")))
        .hasMessageContaining("decision.scoreNorm.topK is 1; it must be 2 to 10000");
    assertThatThrownBy(() -> read(NORMALISED.replace("'method': 'as-norm',", "")))
        .hasMessageContaining("decision.scoreNorm.method is null");
    assertThatThrownBy(() -> read(NORMALISED.replace("'scale': 2", "'scale': 0")))
        .hasMessageContaining("decision.calibration.scale is 0.0");
    assertThatThrownBy(() -> read(NORMALISED.replace(", 'offset': -5", "")))
        .hasMessageContaining("decision.calibration.offset is null");
  }

  @Test
  void scoresAreNormalisedWithTheCohortOfTheBundleOrNotAtAll() throws Exception {
    // given
    float[] voice = {1, 0};
    List<float[]> cohort = Collections.nCopies(200, voice);

    // when, then
    assertThat(read(NORMALISED).norm(cohort)).isInstanceOf(AsNorm.class);
    assertThat(DecisionProfile.withThreshold(0.4).norm(cohort)).isSameAs(ScoreNorm.NONE);
    assertThatThrownBy(() -> read(NORMALISED).norm(List.of()))
        .hasMessageContaining("decision.scoreNorm.topK is 200")
        .hasMessageContaining("which is 0");
  }

  private DecisionProfile read(String text) throws Exception {
    return json.readValue(text.replace('\'', '"'), DecisionProfile.class);
  }
}
