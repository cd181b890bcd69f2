package io.voxtag.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voxtag.scoring.IdentificationMetrics;
import io.voxtag.scoring.IdentificationRates;
import org.jspecify.annotations.Nullable;

/**
 * Open-set identification in galleries of one size, as the report holds it; rates are fractions.
 *
 * @param gallery enrolled speakers
 * @param mated searches for enrolled voices
 * @param nonMated searches for others
 * @param rankOne share of searches for enrolled voices whose best match is right, at any score
 * @param atFpir1 rates at a threshold that 1 % of the searches for others exceed
 * @param atFpir5 rates at a threshold that 5 % of the searches for others exceed
 * @param atModelThreshold rates at the threshold of the model; null where it is for another scale
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IdentificationReport(
    int gallery,
    int mated,
    int nonMated,
    double rankOne,
    IdentificationRates atFpir1,
    IdentificationRates atFpir5,
    @Nullable IdentificationRates atModelThreshold) {

  /** The report of searches. */
  public static IdentificationReport of(
      int gallery, IdentificationMetrics metrics, @Nullable Double modelThreshold) {
    return new IdentificationReport(
        gallery,
        metrics.mated(),
        metrics.nonMated(),
        metrics.rankOne(),
        metrics.atFpir(0.01),
        metrics.atFpir(0.05),
        modelThreshold == null ? null : metrics.at(modelThreshold));
  }
}
