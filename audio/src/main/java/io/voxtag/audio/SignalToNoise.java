package io.voxtag.audio;

import java.util.Arrays;

/** Speech over noise from the power of frames that are and are not speech. */
final class SignalToNoise {

  private static final int FRAME = 160;
  private static final double LOWEST = -10;
  private static final double HIGHEST = 60;

  /** With fewer pauses than this the quietest frames stand for them. */
  private static final int ENOUGH_NOISE_FRAMES = 10;

  private static final double QUIETEST = 0.05;

  private SignalToNoise() {}

  /**
   * @param samples at 16 kHz
   * @param speech a flag for each whole frame of 10 ms
   * @return dB, -10 to 60
   */
  static float estimate(float[] samples, boolean[] speech) {
    double[] power = new double[speech.length];
    double loud = 0;
    double quiet = 0;
    int loudFrames = 0;
    for (int k = 0; k < speech.length; k++) {
      for (int i = k * FRAME; i < (k + 1) * FRAME; i++) {
        power[k] += samples[i] * samples[i];
      }
      if (speech[k]) {
        loud += power[k];
        loudFrames++;
      } else {
        quiet += power[k];
      }
    }
    if (loudFrames == 0) {
      return (float) LOWEST;
    }
    int quietFrames = speech.length - loudFrames;
    double noise;
    if (quietFrames >= ENOUGH_NOISE_FRAMES) {
      noise = quiet / quietFrames;
    } else {
      Arrays.sort(power);
      noise = power[(int) (QUIETEST * power.length)];
    }
    double signal = loud / loudFrames - noise;
    double ratio = 10 * Math.log10(Math.max(signal, 1e-20) / Math.max(noise, 1e-20));
    return (float) Math.max(LOWEST, Math.min(HIGHEST, ratio));
  }
}
