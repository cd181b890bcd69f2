package io.voxtag.voiceprint.training.augment;

import java.util.Arrays;

/**
 * Speech at 8 kHz through the model of GSM full rate (ETSI EN 300 961): short-term and long-term
 * prediction, and every third sample of what they leave, in 3 bits. It works in floating point and
 * does not interpolate filters between frames, so it sounds like that codec without having its
 * bits.
 */
final class RegularPulseCodec {
  private static final int FRAME = 160;
  private static final int PART = 40;
  private static final int MIN_LAG = 40;
  private static final int MAX_LAG = 120;
  private static final int GRIDS = 4;
  private static final int PULSES = 13;
  private static final int SPACING = 3;
  private static final float EMPHASIS = 0.86f;
  private static final double FULL_SCALE = 32_768;

  /** The weighting filter of the residual, symmetric, from its middle on. */
  private static final double[] WEIGHTING = {
    1, 5741 / 8192.0, 2054 / 8192.0, 0, -374 / 8192.0, -134 / 8192.0
  };

  private final float[] decodedResidual = new float[MAX_LAG + PART];
  private final ShortTermFilter analysis = new ShortTermFilter();
  private final ShortTermFilter synthesis = new ShortTermFilter();
  private float lastIn;
  private float lastOut;

  private RegularPulseCodec() {}

  /** As many samples, encoded and decoded, in time with those that went in. */
  static float[] roundTrip(float[] audio) {
    RegularPulseCodec codec = new RegularPulseCodec();
    float[] result = new float[audio.length];
    float[] frame = new float[FRAME];
    for (int start = 0; start < audio.length; start += FRAME) {
      int count = Math.min(FRAME, audio.length - start);
      Arrays.fill(frame, 0);
      System.arraycopy(audio, start, frame, 0, count);
      codec.frame(frame);
      System.arraycopy(frame, 0, result, start, count);
    }
    return result;
  }

  private void frame(float[] samples) {
    for (int i = 0; i < FRAME; i++) {
      float in = samples[i];
      samples[i] = in - EMPHASIS * lastIn;
      lastIn = in;
    }
    double[] reflection = ShortTermFilter.quantised(ShortTermFilter.reflection(samples));
    analysis.whiten(samples, reflection);
    for (int start = 0; start < FRAME; start += PART) {
      part(samples, start);
    }
    synthesis.restore(samples, reflection);
    for (int i = 0; i < FRAME; i++) {
      lastOut = samples[i] + EMPHASIS * lastOut;
      samples[i] = lastOut;
    }
  }

  /** Predicts a part of the residual from the decoded one before it, and codes the rest. */
  private void part(float[] residual, int start) {
    float[] correlation = correlation(residual, start);
    int best = 0;
    for (int j = 0; j < correlation.length; j++) {
      best = correlation[j] > correlation[best] ? j : best;
    }
    int lag = MAX_LAG - best;
    double energy = 0;
    for (int i = 0; i < PART; i++) {
      double past = decodedResidual[MAX_LAG + i - lag];
      energy += past * past;
    }
    float gain = gain(energy == 0 ? 0 : correlation[best] / energy);
    double[] rest = new double[PART];
    for (int i = 0; i < PART; i++) {
      rest[i] = residual[start + i] - gain * decodedResidual[MAX_LAG + i - lag];
    }
    float[] pulses = pulses(rest);
    for (int i = 0; i < PART; i++) {
      residual[start + i] = pulses[i] + gain * decodedResidual[MAX_LAG + i - lag];
    }
    System.arraycopy(residual, start, decodedResidual, MAX_LAG, PART);
    System.arraycopy(decodedResidual, PART, decodedResidual, 0, MAX_LAG);
  }

  /** With the decoded residual, from the longest lag to the shortest one. */
  private float[] correlation(float[] residual, int start) {
    float[] sums = new float[MAX_LAG - MIN_LAG + 1];
    float[] past = new float[sums.length];
    for (int i = 0; i < PART; i++) {
      // Only loops in which all arrays have the same index become vector instructions.
      System.arraycopy(decodedResidual, i, past, 0, past.length);
      float now = residual[start + i];
      for (int j = 0; j < sums.length; j++) {
        sums[j] += now * past[j];
      }
    }
    return sums;
  }

  /** The four gains of long-term prediction. */
  private static float gain(double exact) {
    if (exact <= 0.2) {
      return 0.1f;
    }
    return exact <= 0.5 ? 0.35f : exact <= 0.8 ? 0.65f : 1f;
  }

  /** Every third sample of the weighted signal, from where these are strongest, in 3 bits. */
  private static float[] pulses(double[] rest) {
    double[] weighted = new double[PART];
    for (int i = 0; i < PART; i++) {
      for (int k = 1 - WEIGHTING.length; k < WEIGHTING.length; k++) {
        if (i + k >= 0 && i + k < PART) {
          weighted[i] += WEIGHTING[Math.abs(k)] * rest[i + k];
        }
      }
    }
    int grid = 0;
    double most = -1;
    for (int candidate = 0; candidate < GRIDS; candidate++) {
      double energy = 0;
      for (int k = 0; k < PULSES; k++) {
        double pulse = weighted[candidate + SPACING * k];
        energy += pulse * pulse;
      }
      if (energy > most) {
        most = energy;
        grid = candidate;
      }
    }
    double peak = 0;
    for (int k = 0; k < PULSES; k++) {
      peak = Math.max(peak, Math.abs(weighted[grid + SPACING * k]));
    }
    double scale = blockPeak(peak);
    float[] coded = new float[PART];
    for (int k = 0; k < PULSES; k++) {
      int step = (int) Math.floor((weighted[grid + SPACING * k] / scale + 1) * 4);
      coded[grid + SPACING * k] = (float) (scale * (2 * Math.max(0, Math.min(7, step)) - 7) / 8);
    }
    return coded;
  }

  /** The peak of a block in 6 bits: even steps at first, then eight an octave. */
  private static double blockPeak(double peak) {
    double value = peak * FULL_SCALE;
    double step =
        value < 512 ? 32 : 32 * Math.pow(2, Math.floor(Math.log(value) / Math.log(2)) - 8);
    return ((Math.floor(value / step) + 1) * step - 1) / FULL_SCALE;
  }
}
