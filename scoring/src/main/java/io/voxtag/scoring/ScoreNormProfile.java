package io.voxtag.scoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * On which scale a model decides: the {@code decision.scoreNorm} of a bundle.
 *
 * @param method what is done to cosines before they meet the threshold or the calibration
 * @param topK how many voices of the cohort, the most alike, a voice is measured against; at least
 *     2 for {@link Method#AS_NORM}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScoreNormProfile(Method method, int topK) {

  /** Cosines as they are. */
  public static final ScoreNormProfile NONE = new ScoreNormProfile(Method.NONE, 0);

  /** What is done to a score. */
  public enum Method {
    /** Nothing: scores are cosines. A cohort in the bundle is for measurements only. */
    @JsonProperty("none")
    NONE,
    /** {@link AsNorm}: scores are deviations above the mean of the cohort. */
    @JsonProperty("as-norm")
    AS_NORM
  }

  /**
   * @throws InvalidDecisionProfileException if the number is out of its range
   */
  public ScoreNormProfile {
    int least = method == Method.AS_NORM ? AsNorm.LEAST : 0;
    if (topK < least || topK > AsNorm.MOST) {
      throw new InvalidDecisionProfileException(
          "scoreNorm.topK", topK, least + " to " + AsNorm.MOST);
    }
  }

  @JsonCreator
  static ScoreNormProfile fromJson(
      @JsonProperty("method") @Nullable Method method,
      @JsonProperty("topK") @Nullable Integer topK) {
    if (method == null) {
      throw new InvalidDecisionProfileException("scoreNorm.method", null, "none or as-norm");
    }
    return new ScoreNormProfile(method, topK == null ? 0 : topK);
  }
}
