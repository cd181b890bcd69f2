package io.voxtag.audio.speech;

/** The power of each frame of 10 ms. */
public final class FramePower {

  private static final int FRAME = 160;

  private FramePower() {}

  /**
   * @param samples at 16 kHz
   * @return mean square of each whole frame
   */
  public static float[] of(float[] samples) {
    float[] power = new float[samples.length / FRAME];
    for (int k = 0; k < power.length; k++) {
      // Four independent sums: a single one would wait for each addition to finish.
      float a = 0;
      float b = 0;
      float c = 0;
      float d = 0;
      for (int i = k * FRAME; i < (k + 1) * FRAME; i += 4) {
        a += samples[i] * samples[i];
        b += samples[i + 1] * samples[i + 1];
        c += samples[i + 2] * samples[i + 2];
        d += samples[i + 3] * samples[i + 3];
      }
      power[k] = ((a + b) + (c + d)) / FRAME;
    }
    return power;
  }
}
