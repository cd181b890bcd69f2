package io.voxtag.scoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How scores of one model become decisions: the {@code decision} object of the {@code model.json}
 * of a bundle. Only the threshold has to be there; what is missing follows from it. Names that are
 * not known here are ignored, so that bundles may carry more than an older service understands.
 *
 * @param threshold cosine from which a voice counts as an enrolled speaker, above -1 and below 1
 * @param sameVoiceThreshold cosine to the other recordings of a speaker below which a new one is
 *     refused as not the same voice; by default 0.1 below {@code threshold}
 * @param duplicateThreshold cosine to another speaker from which an enrolment is refused as that
 *     speaker; by default halfway from {@code threshold} to 1
 * @param smoothing weight of the newest window in the smoothed voice of a turn, above 0 and at most
 *     1 (no smoothing); 0.5 by default. The first windows of a turn are averaged evenly
 * @param confirmWindows windows that must agree before a statement is confirmed, 1 to 100; 2 by
 *     default
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionProfile(
    double threshold,
    double sameVoiceThreshold,
    double duplicateThreshold,
    double smoothing,
    int confirmWindows) {

  private static final double DEFAULT_SMOOTHING = 0.5;
  private static final int DEFAULT_CONFIRM_WINDOWS = 2;
  private static final int MOST_CONFIRM_WINDOWS = 100;
  private static final double SAME_VOICE_MARGIN = 0.1;

  /**
   * @throws InvalidDecisionProfileException if a value is out of its range
   */
  public DecisionProfile {
    requireCosine("threshold", threshold);
    requireCosine("sameVoiceThreshold", sameVoiceThreshold);
    requireCosine("duplicateThreshold", duplicateThreshold);
    if (duplicateThreshold < sameVoiceThreshold) {
      throw new InvalidDecisionProfileException(
          "duplicateThreshold",
          duplicateThreshold,
          "at least sameVoiceThreshold, which is " + sameVoiceThreshold);
    }
    if (!(smoothing > 0 && smoothing <= 1)) {
      throw new InvalidDecisionProfileException("smoothing", smoothing, "above 0 and at most 1");
    }
    if (confirmWindows < 1 || confirmWindows > MOST_CONFIRM_WINDOWS) {
      throw new InvalidDecisionProfileException(
          "confirmWindows", confirmWindows, "1 to " + MOST_CONFIRM_WINDOWS);
    }
  }

  /** The profile with this threshold and defaults for the rest. */
  public static DecisionProfile withThreshold(double threshold) {
    return fromJson(threshold, null, null, null, null);
  }

  /**
   * The profile in a parsed {@code decision} object; null where a value is missing.
   *
   * @throws InvalidDecisionProfileException if the threshold is missing or a value is out of range
   */
  @JsonCreator
  public static DecisionProfile fromJson(
      @JsonProperty("threshold") @Nullable Double threshold,
      @JsonProperty("sameVoiceThreshold") @Nullable Double sameVoiceThreshold,
      @JsonProperty("duplicateThreshold") @Nullable Double duplicateThreshold,
      @JsonProperty("smoothing") @Nullable Double smoothing,
      @JsonProperty("confirmWindows") @Nullable Integer confirmWindows) {
    if (threshold == null) {
      throw new InvalidDecisionProfileException("threshold", null, "a cosine between -1 and 1");
    }
    requireCosine("threshold", threshold);
    return new DecisionProfile(
        threshold,
        sameVoiceThreshold == null
            ? Math.max(threshold - SAME_VOICE_MARGIN, Math.nextUp(-1.0))
            : sameVoiceThreshold,
        duplicateThreshold == null ? (1 + threshold) / 2 : duplicateThreshold,
        smoothing == null ? DEFAULT_SMOOTHING : smoothing,
        confirmWindows == null ? DEFAULT_CONFIRM_WINDOWS : confirmWindows);
  }

  private static void requireCosine(String name, double value) {
    if (!(value > -1 && value < 1)) {
      throw new InvalidDecisionProfileException(name, value, "a cosine between -1 and 1");
    }
  }
}
