package io.voxtag.testkit.speech;

import java.util.Random;

/** Strings syllables together: a consonant of noise, a vowel, now and then a pause. */
final class Synthesizer {

  /** First three formants of average vowels, Hz. */
  private static final double[][] VOWELS = {
    {280, 2_250, 2_900},
    {460, 1_900, 2_550},
    {730, 1_200, 2_500},
    {500, 900, 2_500},
    {320, 850, 2_300},
    {500, 1_500, 2_500},
  };

  private static final double[] UPPER_FORMANTS = {3_500, 4_500};
  private static final double[] BANDWIDTHS = {60, 90, 150, 200, 300};
  private static final double FRICATION = 0.04;

  private final Voice voice;
  private final int sampleRate;
  private final Random text;
  private final Random noise;
  private final GlottalSource source;
  private final Resonator[] tract = new Resonator[BANDWIDTHS.length];
  private final Resonator constriction;
  private final double[] formants = new double[BANDWIDTHS.length];
  private double[] samples = {};
  private int at;

  Synthesizer(Voice voice, int sentence, int sampleRate) {
    this.voice = voice;
    this.sampleRate = sampleRate;
    this.text = new Random(31L * sentence + 7);
    this.noise = new Random(1_000_003L * sentence + voice.accent());
    this.source = new GlottalSource(voice, sampleRate, noise);
    this.constriction = new Resonator(sampleRate);
    for (int i = 0; i < tract.length; i++) {
      tract[i] = new Resonator(sampleRate);
    }
    System.arraycopy(vowel(VOWELS.length - 1), 0, formants, 0, formants.length);
  }

  double[] speak(int length) {
    samples = new double[length];
    at = 0;
    while (at < length) {
      int syllables = 2 + text.nextInt(4);
      for (int i = 0; i < syllables; i++) {
        consonant(ms(40 + text.nextInt(60)), 2_200 + text.nextInt(2_400));
        vowel(ms(110 + text.nextInt(140)), text.nextInt(VOWELS.length), i / (double) syllables);
      }
      at += ms(120 + text.nextInt(250));
    }
    return samples;
  }

  private void consonant(int length, double centreHz) {
    double highest = 0.4 * sampleRate;
    constriction.tune(Math.min(highest, centreHz * voice.formantScale()), 700);
    for (int i = 0; i < length && at < samples.length; i++, at++) {
      double envelope = Math.sin(Math.PI * i / length);
      samples[at] += FRICATION * envelope * constriction.next(noise.nextGaussian());
    }
  }

  private void vowel(int length, int which, double placeInWord) {
    double[] target = vowel(which);
    double pitch = voice.pitchHz() * (1.12 - 0.24 * placeInWord);
    double glide = 1 - Math.exp(-1.0 / ms(25));
    int tuning = ms(2);
    int fade = ms(15);
    for (int i = 0; i < length && at < samples.length; i++, at++) {
      for (int f = 0; f < formants.length; f++) {
        formants[f] += glide * (target[f] - formants[f]);
        if (i % tuning == 0) {
          tract[f].tune(formants[f], BANDWIDTHS[f] * voice.formantScale());
        }
      }
      double envelope = Math.min(1, Math.min(i, length - i) / (double) fade);
      double bend = 1 + 0.04 * Math.sin(Math.PI * i / length);
      double sound = envelope * source.next(pitch * bend);
      for (Resonator resonator : tract) {
        sound = resonator.next(sound);
      }
      samples[at] += sound;
    }
  }

  /** All formants of a vowel as this voice speaks it. */
  private double[] vowel(int which) {
    Random habit = new Random(97 * voice.accent() + which);
    double[] result = new double[BANDWIDTHS.length];
    for (int f = 0; f < result.length; f++) {
      double average = f < 3 ? VOWELS[which][f] : UPPER_FORMANTS[f - 3];
      result[f] = average * voice.formantScale() * (1 + 0.08 * (habit.nextDouble() - 0.5));
    }
    return result;
  }

  private int ms(int milliseconds) {
    return milliseconds * sampleRate / 1_000;
  }
}
