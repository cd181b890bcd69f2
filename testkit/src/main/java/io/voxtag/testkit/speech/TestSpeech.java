package io.voxtag.testkit.speech;

import java.time.Duration;
import java.util.Random;

/**
 * Signals for tests, mono samples in [-1, 1] at any rate of at least 8 kHz. The same arguments give
 * the same samples.
 */
public final class TestSpeech {

  private static final double SPEECH_RMS = 0.1;
  private static final double PEAK = 0.95;

  private TestSpeech() {}

  /**
   * Speech-like syllables, words and pauses by source and filter (after Klatt, 1980): a glottal
   * pulse train or noise through the resonances of a vocal tract. Nothing is said in it.
   *
   * @param sentence chooses what is "said"; other numbers give other syllables of the same voice
   * @param sampleRate Hz, at least 8,000
   */
  public static float[] speak(Voice voice, int sentence, Duration duration, int sampleRate) {
    double[] samples =
        new Synthesizer(voice, sentence, sampleRate).speak(length(duration, sampleRate));
    double energy = 0;
    double peak = 0;
    for (double sample : samples) {
      energy += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    double rms = Math.sqrt(energy / Math.max(1, samples.length));
    double gain = peak == 0 ? 0 : Math.min(SPEECH_RMS / rms, PEAK / peak);
    float[] scaled = new float[samples.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (gain * samples[i]);
    }
    return scaled;
  }

  /** Digital silence. */
  public static float[] silence(Duration duration, int sampleRate) {
    return new float[length(duration, sampleRate)];
  }

  /**
   * White Gaussian noise.
   *
   * @param rmsDb root mean square relative to full scale, dB; at most -12, as peaks are cut
   */
  public static float[] whiteNoise(Duration duration, int sampleRate, double rmsDb, long seed) {
    Random random = new Random(seed);
    double rms = Math.pow(10, rmsDb / 20);
    float[] samples = new float[length(duration, sampleRate)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.max(-1, Math.min(1, rms * random.nextGaussian()));
    }
    return samples;
  }

  /** A sum of sines of these frequencies (Hz), together 0.25 of full scale at most. */
  public static float[] tones(Duration duration, int sampleRate, double... frequenciesHz) {
    float[] samples = new float[length(duration, sampleRate)];
    for (int i = 0; i < samples.length; i++) {
      double sum = 0;
      for (double frequency : frequenciesHz) {
        sum += Math.sin(2 * Math.PI * frequency * i / sampleRate);
      }
      samples[i] = (float) (0.25 * sum / frequenciesHz.length);
    }
    return samples;
  }

  /** North American ringing tone: 440 and 480 Hz, 2 s on and 4 s off. */
  public static float[] ringing(Duration duration, int sampleRate) {
    float[] samples = tones(duration, sampleRate, 440, 480);
    for (int i = 0; i < samples.length; i++) {
      if (i % (6L * sampleRate) >= 2L * sampleRate) {
        samples[i] = 0;
      }
    }
    return samples;
  }

  /** One signal after the other. */
  public static float[] concat(float[]... signals) {
    int total = 0;
    for (float[] signal : signals) {
      total += signal.length;
    }
    float[] joined = new float[total];
    int at = 0;
    for (float[] signal : signals) {
      System.arraycopy(signal, 0, joined, at, signal.length);
      at += signal.length;
    }
    return joined;
  }

  private static int length(Duration duration, int sampleRate) {
    if (sampleRate < 8_000) {
      throw new IllegalArgumentException("Sample rate " + sampleRate + " Hz is below 8000");
    }
    return Math.toIntExact(duration.toMillis() * sampleRate / 1_000);
  }
}
