package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;

/**
 * Features of audio that is first brought to one level, so that those without a logarithm do not
 * depend on how loud a recording is.
 */
final class LevelNormalised implements FeatureExtractor {
  static final String ARGUMENT = "target_dB";

  /** Silence stays silence: -100 dB. */
  private static final float LEAST_POWER = 1e-10f;

  private final FeatureExtractor inner;
  private final float amplitude;

  /**
   * @param targetDb root mean square of the samples, dB of full scale
   */
  LevelNormalised(FeatureExtractor inner, double targetDb) {
    if (!(targetDb >= -60 && targetDb <= 0)) {
      throw new IllegalArgumentException(
          ARGUMENT + " is " + targetDb + " but must be from -60 to 0 dB");
    }
    this.inner = inner;
    amplitude = (float) Math.pow(10, targetDb / 20);
  }

  @Override
  public NDArray extract(NDArray waveforms) {
    NDArray power = waveforms.square().mean(new int[] {1}, true).maximum(LEAST_POWER);
    return inner.extract(waveforms.div(power.sqrt()).mul(amplitude));
  }

  @Override
  public int bins() {
    return inner.bins();
  }

  @Override
  public int minSamples() {
    return inner.minSamples();
  }
}
