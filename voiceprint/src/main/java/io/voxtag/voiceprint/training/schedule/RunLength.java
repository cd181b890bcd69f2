package io.voxtag.voiceprint.training.schedule;

/**
 * How long a run is.
 *
 * @param stepsPerEpoch batches in a pass over the data, at least 1
 * @param epochs passes over the data, positive
 */
public record RunLength(long stepsPerEpoch, double epochs) {
  public RunLength {
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException(
          "steps per epoch " + stepsPerEpoch + " must be at least 1");
    }
    if (!(epochs > 0)) {
      throw new IllegalArgumentException("epochs " + epochs + " must be positive");
    }
  }

  /** The step at which an epoch begins. */
  long step(double epoch) {
    return Math.round(epoch * stepsPerEpoch);
  }
}
