package io.voxtag.voiceprint.training.augment;

import io.voxtag.audio.G711;
import io.voxtag.audio.Resampler;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A telephone channel: 8 kHz, a pass band around 300 to 3400 Hz, a handset's response, G.711, and
 * lost packets that are filled with silence or the packet before, as simple concealment does.
 */
final class TelephoneChannel {
  private static final int RATE = 8000;
  private static final int PACKET = RATE / 50;
  private static final int TAPS = 101;

  private TelephoneChannel() {}

  static float[] pass(float[] audio, int sampleRate, double lossProb, SplittableRandom random) {
    float[] narrow = Resampler.resample(audio, sampleRate, RATE);
    double low = 60 + 290 * random.nextDouble();
    double high = 3000 + 800 * random.nextDouble();
    narrow = filter(narrow, bandPass(low / RATE, high / RATE));
    Equalizer.apply(narrow, RATE, 8, random);
    // Quiet calls use few of the codec's steps; that is part of the channel.
    double peakDb = -30 * random.nextDouble() * random.nextDouble();
    Levels.scaleWithoutClipping(narrow, 60);
    Levels.scaleWithoutClipping(narrow, peakDb);
    G711 law = random.nextBoolean() ? G711.MU_LAW : G711.A_LAW;
    float[] decoded = law.decode(law.encode(narrow));
    if (random.nextDouble() < lossProb) {
      losePackets(decoded, 0.01 + 0.07 * random.nextDouble(), random);
    }
    return Arrays.copyOf(Resampler.resample(decoded, RATE, sampleRate), audio.length);
  }

  private static void losePackets(float[] audio, double rate, SplittableRandom random) {
    boolean repeat = random.nextBoolean();
    for (int start = PACKET; start + PACKET <= audio.length; start += PACKET) {
      if (random.nextDouble() < rate) {
        if (repeat) {
          System.arraycopy(audio, start - PACKET, audio, start, PACKET);
        } else {
          Arrays.fill(audio, start, start + PACKET, 0f);
        }
      }
    }
  }

  /** Windowed-sinc band-pass; corners as shares of the sample rate. */
  private static float[] bandPass(double low, double high) {
    float[] taps = new float[TAPS];
    int middle = TAPS / 2;
    for (int i = 0; i < TAPS; i++) {
      double n = i - middle;
      double ideal =
          n == 0
              ? 2 * (high - low)
              : (Math.sin(2 * Math.PI * high * n) - Math.sin(2 * Math.PI * low * n))
                  / (Math.PI * n);
      double hamming = 0.54 + 0.46 * Math.cos(Math.PI * n / middle);
      taps[i] = (float) (ideal * hamming);
    }
    return taps;
  }

  private static float[] filter(float[] audio, float[] taps) {
    int middle = taps.length / 2;
    float[] result = new float[audio.length];
    for (int k = 0; k < taps.length; k++) {
      int shift = k - middle;
      float weight = taps[k];
      int from = Math.max(0, shift);
      int to = Math.min(audio.length, audio.length + shift);
      for (int i = from; i < to; i++) {
        result[i] += weight * audio[i - shift];
      }
    }
    return result;
  }
}
