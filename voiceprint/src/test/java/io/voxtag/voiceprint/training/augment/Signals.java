package io.voxtag.voiceprint.training.augment;

import io.voxtag.audio.Recording;
import io.voxtag.audio.WavWriter;
import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Signals to change, at 16 kHz, and measures of what became of them. */
final class Signals {
  static final int RATE = AudioCache.SAMPLE_RATE;

  private Signals() {}

  /** Bursts of a buzz with the harmonics of a pitch, as syllables are. */
  static float[] speech(double seconds, double pitchHz) {
    float[] audio = new float[(int) Math.round(seconds * RATE)];
    for (int i = 0; i < audio.length; i++) {
      double time = i / (double) RATE;
      double syllable = 0.1 + 0.9 * Math.pow(Math.sin(Math.PI * 4 * time), 2);
      for (int k = 1; k <= 20; k++) {
        audio[i] += (float) (0.08 / k * syllable * Math.sin(2 * Math.PI * k * pitchHz * time));
      }
    }
    return audio;
  }

  static float[] sine(double seconds, double hz, double amplitude) {
    float[] audio = new float[(int) Math.round(seconds * RATE)];
    for (int i = 0; i < audio.length; i++) {
      audio[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    return audio;
  }

  /** Even noise with the given peak. */
  static float[] noise(double seconds, double peak, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] audio = new float[(int) Math.round(seconds * RATE)];
    for (int i = 0; i < audio.length; i++) {
      audio[i] = (float) (peak * (2 * random.nextDouble() - 1));
    }
    return audio;
  }

  /** Writes signals as files and opens them as a run would. */
  static List<AudioCache.Clip> clips(Path folder, float[]... signals) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < signals.length; i++) {
      Path file = folder.resolve(i + ".wav");
      WavWriter.write(
          file, new Recording(new float[][] {signals[i]}, RATE), WavWriter.Coding.PCM_16);
      files.add(file);
    }
    return AudioCache.open(folder.resolve("cache"), files, 1, 0).clips();
  }

  static double rms(float[] audio) {
    return Math.sqrt(Levels.power(audio));
  }

  static double db(double ratio) {
    return 20 * Math.log10(ratio);
  }

  /** Amplitude of a frequency, under a Hann window. */
  static double amplitude(float[] audio, double hz, int rate) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < audio.length; i++) {
      double window = 1 - Math.cos(2 * Math.PI * i / audio.length);
      re += window * audio[i] * Math.cos(2 * Math.PI * hz * i / rate);
      im += window * audio[i] * Math.sin(2 * Math.PI * hz * i / rate);
    }
    return 2 * Math.hypot(re, im) / audio.length;
  }

  /** Power between two frequencies, as the sum of a few of them. */
  static double band(float[] audio, double lowHz, double highHz) {
    double sum = 0;
    int steps = 60;
    for (int i = 0; i < steps; i++) {
      double a = amplitude(audio, lowHz + (highHz - lowHz) * (i + 0.5) / steps, RATE);
      sum += a * a;
    }
    return sum / steps;
  }

  /** How alike two signals are in shape: 1 for the same but for the level. */
  static double correlation(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
