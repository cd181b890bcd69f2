package io.voxtag.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DecisionProfileTest {

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void readsAThresholdAloneAndIgnoresWhatItDoesNotKnow() throws Exception {
    // when
    DecisionProfile profile =
        json.readValue(
            "{\"threshold\": 0.4, \"calibration\": {\"scale\": 3}}", DecisionProfile.class);

    // then
    assertThat(profile).isEqualTo(DecisionProfile.withThreshold(0.4));
    assertThat(profile.sameVoiceThreshold()).isLessThan(0.4);
    assertThat(profile.duplicateThreshold()).isEqualTo(0.7);
  }

  @Test
  void survivesWritingAndReading() throws Exception {
    // given
    DecisionProfile profile = new DecisionProfile(0.4, 0.2, 0.8, 1, 3);

    // when
    String written = json.writeValueAsString(profile);

    // then
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
    assertThatThrownBy(() -> new DecisionProfile(0.4, 0.3, 0.7, 0, 2))
        .hasMessageContaining("decision.smoothing is 0.0");
    assertThatThrownBy(() -> new DecisionProfile(0.4, 0.3, 0.2, 0.5, 2))
        .hasMessageContaining("decision.duplicateThreshold is 0.2");
    assertThatThrownBy(() -> new DecisionProfile(0.4, 0.3, 0.7, 0.5, 0))
        .hasMessageContaining("decision.confirmWindows is 0");
  }
}
