package io.voxtag.scoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a score says about two voices: an affine map to the natural logarithm of the likelihood
 * ratio of "one speaker" to "two speakers" (N. Brümmer and J. du Preez, "Application-independent
 * evaluation of speaker detection", 2006). The {@code decision.calibration} of a bundle.
 *
 * @param scale log-likelihood ratio for each unit of the score, above 0
 * @param offset log-likelihood ratio of a score of 0
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Calibration(double scale, double offset) {

  /**
   * @throws InvalidDecisionProfileException if a value is not finite or the scale not positive
   */
  public Calibration {
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new InvalidDecisionProfileException("calibration.scale", scale, "finite and above 0");
    }
    if (!Double.isFinite(offset)) {
      throw new InvalidDecisionProfileException("calibration.offset", offset, "finite");
    }
  }

  @JsonCreator
  static Calibration fromJson(
      @JsonProperty("scale") @Nullable Double scale,
      @JsonProperty("offset") @Nullable Double offset) {
    if (scale == null) {
      throw new InvalidDecisionProfileException("calibration.scale", null, "finite and above 0");
    }
    if (offset == null) {
      throw new InvalidDecisionProfileException("calibration.offset", null, "finite");
    }
    return new Calibration(scale, offset);
  }

  /** The natural logarithm of the likelihood ratio. */
  public double logLikelihoodRatio(double score) {
    return scale * score + offset;
  }

  /** The score of this log-likelihood ratio. */
  public double score(double logLikelihoodRatio) {
    return (logLikelihoodRatio - offset) / scale;
  }
}
