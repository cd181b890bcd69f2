package io.voxtag.scoring;

/**
 * Error rates of open-set identification: whether a search in a gallery names the right speaker, or
 * nobody where the voice is not enrolled (ISO/IEC 19795-1; P. Grother and M. Ngan, "Face
 * Recognition Vendor Test", NIST IR 8009, with one candidate a search). Immutable and thread-safe.
 */
public final class IdentificationMetrics {

  private final VerificationMetrics searches;
  private final double rankOne;

  IdentificationMetrics(double[] mated, double[] nonMated) {
    if (mated.length == 0 || nonMated.length == 0) {
      throw new InvalidTrialsException(
          "Identification rates need searches for enrolled voices and for others; there are "
              + mated.length
              + " and "
              + nonMated.length);
    }
    int right = 0;
    for (double score : mated) {
      right += score > Double.NEGATIVE_INFINITY ? 1 : 0;
    }
    this.rankOne = (double) right / mated.length;
    this.searches = new VerificationMetrics(mated, nonMated);
  }

  /** Searches for voices that are enrolled. */
  public int mated() {
    return searches.targets();
  }

  /** Searches for voices that are not. */
  public int nonMated() {
    return searches.nonTargets();
  }

  /** Share of searches for an enrolled voice whose best match is its speaker, at any score. */
  public double rankOne() {
    return rankOne;
  }

  /** The rates where the best match is taken if its score is above the threshold. */
  public IdentificationRates at(double threshold) {
    return rates(searches.at(threshold));
  }

  /**
   * The threshold with the lowest FNIR among those whose FPIR is at most the given one, 0 to 1.
   * With fewer than {@code 1 / fpir} searches for other voices that is a threshold that none of
   * them exceeds.
   */
  public IdentificationRates atFpir(double fpir) {
    return rates(searches.atFalseAlarmRate(fpir));
  }

  private static IdentificationRates rates(ErrorRates rates) {
    return new IdentificationRates(rates.threshold(), rates.miss(), rates.falseAlarm());
  }
}
