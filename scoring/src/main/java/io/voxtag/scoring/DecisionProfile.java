package io.voxtag.scoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How scores of one model become decisions: the {@code decision} object of the {@code model.json}
 * of a bundle. Only the threshold has to be there; what is missing follows from it. Names that are
 * not known here are ignored, so that bundles may carry more than an older service understands.
 *
 * @param threshold score from which a voice counts as an enrolled speaker: a cosine above -1 and
 *     below 1, or with {@code scoreNorm} as-norm a number of deviations, from -1,000 to 1,000
 * @param sameVoiceThreshold cosine to the other recordings of a speaker below which a new one is
 *     refused as not the same voice; by default 0.1 below {@code threshold}. Never normalised, so
 *     that it has to be there where the threshold is
 * @param duplicateThreshold cosine to another speaker from which an enrolment is refused as that
 *     speaker; by default halfway from {@code threshold} to 1. Never normalised either
 * @param smoothing weight of the newest window in the smoothed voice of a turn, above 0 and at most
 *     1 (no smoothing); 0.5 by default. The first windows of a turn are averaged evenly
 * @param confirmWindows windows that must agree before a statement is confirmed, 1 to 100; 2 by
 *     default
 * @param scoreNorm the scale of {@code threshold} and {@code calibration}; cosines by default
 * @param calibration from a score to a log-likelihood ratio; null where the model has none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionProfile(
    double threshold,
    double sameVoiceThreshold,
    double duplicateThreshold,
    double smoothing,
    int confirmWindows,
    ScoreNormProfile scoreNorm,
    @Nullable Calibration calibration) {

  private static final double DEFAULT_SMOOTHING = 0.5;
  private static final int DEFAULT_CONFIRM_WINDOWS = 2;
  private static final int MOST_CONFIRM_WINDOWS = 100;
  private static final double SAME_VOICE_MARGIN = 0.1;
  private static final double LOWEST = Math.nextUp(-1.0);
  private static final double HIGHEST = Math.nextDown(1.0);
  private static final double MOST_DEVIATIONS = 1_000;

  /**
   * @throws InvalidDecisionProfileException if a value is out of its range
   */
  public DecisionProfile {
    requireThreshold(threshold, scoreNorm);
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

  /** The profile with this threshold on cosines and defaults for the rest. */
  public static DecisionProfile withThreshold(double threshold) {
    return fromJson(threshold, null, null, null, null, null, null);
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
      @JsonProperty("confirmWindows") @Nullable Integer confirmWindows,
      @JsonProperty("scoreNorm") @Nullable ScoreNormProfile scoreNorm,
      @JsonProperty("calibration") @Nullable Calibration calibration) {
    ScoreNormProfile norm = scoreNorm == null ? ScoreNormProfile.NONE : scoreNorm;
    if (threshold == null) {
      throw new InvalidDecisionProfileException("threshold", null, range(norm));
    }
    requireThreshold(threshold, norm);
    return new DecisionProfile(
        threshold,
        sameVoiceThreshold == null
            ? Math.max(cosine(threshold, norm, "sameVoiceThreshold") - SAME_VOICE_MARGIN, LOWEST)
            : sameVoiceThreshold,
        duplicateThreshold == null
            ? (1 + cosine(threshold, norm, "duplicateThreshold")) / 2
            : duplicateThreshold,
        smoothing == null ? DEFAULT_SMOOTHING : smoothing,
        confirmWindows == null ? DEFAULT_CONFIRM_WINDOWS : confirmWindows,
        norm,
        calibration);
  }

  /**
   * The normalisation of the scores that the threshold is for.
   *
   * @param cohort of the model's bundle; empty where it has none
   * @throws InvalidDecisionProfileException if a cohort is needed and this one does not serve
   */
  public ScoreNorm norm(List<float[]> cohort) {
    if (scoreNorm.method() == ScoreNormProfile.Method.NONE) {
      return ScoreNorm.NONE;
    }
    if (cohort.size() < scoreNorm.topK()) {
      throw new InvalidDecisionProfileException(
          "scoreNorm.topK",
          scoreNorm.topK(),
          "at most the number of voices in the cohort of the bundle, which is " + cohort.size());
    }
    return new AsNorm(cohort, scoreNorm.topK());
  }

  /**
   * A threshold for cosines of raw vectors, whatever scale the decision is on: between two
   * recordings of one speaker and two of others.
   */
  public double cosineThreshold() {
    return scoreNorm.method() == ScoreNormProfile.Method.NONE
        ? threshold
        : Math.min(sameVoiceThreshold + SAME_VOICE_MARGIN, HIGHEST);
  }

  /** The threshold, which the default of another one follows from. */
  private static double cosine(double threshold, ScoreNormProfile norm, String missing) {
    if (norm.method() != ScoreNormProfile.Method.NONE) {
      throw new InvalidDecisionProfileException(
          missing, null, "a cosine between -1 and 1 where scores are normalised");
    }
    return threshold;
  }

  private static String range(ScoreNormProfile norm) {
    return norm.method() == ScoreNormProfile.Method.NONE
        ? "a cosine between -1 and 1"
        : "a number of deviations from -1000 to 1000";
  }

  private static void requireThreshold(double threshold, ScoreNormProfile norm) {
    boolean valid =
        norm.method() == ScoreNormProfile.Method.NONE
            ? threshold > -1 && threshold < 1
            : Math.abs(threshold) <= MOST_DEVIATIONS;
    if (!valid) {
      throw new InvalidDecisionProfileException("threshold", threshold, range(norm));
    }
  }

  private static void requireCosine(String name, double value) {
    if (!(value > -1 && value < 1)) {
      throw new InvalidDecisionProfileException(name, value, "a cosine between -1 and 1");
    }
  }
}
