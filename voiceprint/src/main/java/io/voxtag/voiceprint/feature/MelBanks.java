package io.voxtag.voiceprint.feature;

/**
 * Triangular filters between a lowest and a highest frequency, computed in double precision.
 *
 * @param sampleRate in Hz
 * @param fft samples of the transform
 * @param mels how many filters
 * @param low lower end of the first one, Hz
 * @param high upper end of the last one, Hz
 */
record MelBanks(int sampleRate, int fft, int mels, double low, double high) {

  /**
   * Triangles that are straight on the mel axis, as Kaldi has them.
   *
   * @param tract moves the corners of the triangles
   * @return [fft / 2 + 1][mels]
   */
  float[][] kaldi(VocalTract tract) {
    MelScale scale = MelScale.HTK;
    double[] corners = new double[mels + 2];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = scale.mel(tract.warp(scale.hertz(corner(scale, i))));
    }
    float[][] banks = new float[fft / 2 + 1][mels];
    // The bin at the Nyquist frequency has no weight in Kaldi.
    for (int bin = 0; bin < fft / 2; bin++) {
      fill(banks[bin], scale.mel((double) sampleRate / fft * bin), corners);
    }
    return banks;
  }

  /**
   * Triangles that are straight on the Hertz axis, as torchaudio has them.
   *
   * @param sameArea true to divide each by its width (Slaney's normalisation)
   * @return [fft / 2 + 1][mels]
   */
  float[][] torchaudio(MelScale scale, boolean sameArea) {
    double[] corners = new double[mels + 2];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = scale.hertz(corner(scale, i));
    }
    int bins = fft / 2 + 1;
    float[][] banks = new float[bins][mels];
    for (int bin = 0; bin < bins; bin++) {
      fill(banks[bin], (double) (sampleRate / 2) * bin / (bins - 1), corners);
      for (int m = 0; sameArea && m < mels; m++) {
        banks[bin][m] *= (float) (2 / (corners[m + 2] - corners[m]));
      }
    }
    return banks;
  }

  /**
   * Triangles on the Hertz axis that fall as fast as they rise, as SpeechBrain has them.
   *
   * @return [fft / 2 + 1][mels]
   */
  float[][] symmetric() {
    MelScale scale = MelScale.HTK;
    int bins = fft / 2 + 1;
    float[][] banks = new float[bins][mels];
    for (int m = 0; m < mels; m++) {
      double left = scale.hertz(corner(scale, m));
      double centre = scale.hertz(corner(scale, m + 1));
      for (int bin = 0; bin < bins; bin++) {
        double place = (double) Math.floorDiv(sampleRate, 2) * bin / (bins - 1);
        banks[bin][m] = (float) Math.max(0, 1 - Math.abs(place - centre) / (centre - left));
      }
    }
    return banks;
  }

  /** Corner {@code i} of evenly spaced ones, in mel. */
  private double corner(MelScale scale, int i) {
    double lowest = scale.mel(low);
    return lowest + i * (scale.mel(high) - lowest) / (mels + 1);
  }

  /** The weight of a place on the axis in each triangle. */
  private static void fill(float[] weights, double place, double[] corners) {
    for (int m = 0; m < weights.length; m++) {
      double up = (place - corners[m]) / (corners[m + 1] - corners[m]);
      double down = (corners[m + 2] - place) / (corners[m + 2] - corners[m + 1]);
      weights[m] = (float) Math.max(0, Math.min(up, down));
    }
  }
}
