package io.voxtag.audio;

import io.voxtag.audio.speech.FramePower;
import io.voxtag.audio.speech.Percentile;
import java.util.Arrays;

/**
 * Speech over noise from the power of frames that are and are not speech. Pauses far louder than
 * the quieter ones may be words that were missed, so that they do not count as noise; nor does what
 * is heard only now and then, a bark or a sneeze.
 */
final class SignalToNoise {

  private static final double LOWEST = -10;
  private static final double HIGHEST = 60;
  private static final float LEAST_POWER = 1e-20f;

  /** With fewer pauses than this the quietest frames stand for them. */
  private static final int ENOUGH_NOISE_FRAMES = 10;

  private static final double QUIETEST = 0.05;
  private static final double QUIET_PAUSES = 0.3;

  /** How far above the quiet pauses others may be and still count, as a ratio: 13 dB. */
  private static final float FARTHEST = 20;

  private SignalToNoise() {}

  /**
   * @param samples at 16 kHz
   * @param speech a flag for each whole frame of 10 ms
   * @return dB, -10 to 60
   */
  static float estimate(float[] samples, boolean[] speech) {
    float[] power = FramePower.of(samples);
    float[] pauses = new float[power.length];
    int pauseFrames = 0;
    double loud = 0;
    for (int k = 0; k < power.length; k++) {
      if (speech[k]) {
        loud += power[k];
      } else {
        pauses[pauseFrames++] = power[k];
      }
    }
    int loudFrames = power.length - pauseFrames;
    if (loudFrames == 0) {
      return (float) LOWEST;
    }
    double noise =
        pauseFrames >= ENOUGH_NOISE_FRAMES
            ? ofPauses(Arrays.copyOf(pauses, pauseFrames))
            : Percentile.of(power, QUIETEST);
    double signal = loud / loudFrames - noise;
    double ratio = 10 * Math.log10(Math.max(signal, LEAST_POWER) / Math.max(noise, LEAST_POWER));
    return (float) Math.max(LOWEST, Math.min(HIGHEST, ratio));
  }

  private static double ofPauses(float[] pauses) {
    float limit = FARTHEST * Math.max(LEAST_POWER, Percentile.of(pauses, QUIET_PAUSES));
    double sum = 0;
    int count = 0;
    for (float pause : pauses) {
      if (pause <= limit) {
        sum += pause;
        count++;
      }
    }
    return sum / count;
  }
}
