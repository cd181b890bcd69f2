package io.voxtag.voiceprint.training.augment;

import io.voxtag.voiceprint.training.data.AudioCache;
import java.util.List;
import java.util.SplittableRandom;

/** Changes a crop of speech as a call might have. Thread-safe; equal seeds give equal results. */
public final class Augmenter {
  private static final int BABBLE_VOICES = 4;

  private final AugmentConfig config;
  private final List<AudioCache.Clip> noises;
  private final List<AudioCache.Clip> voices;

  /**
   * Makes an augmenter.
   *
   * @param noises recordings of noise; without any, no noise is added
   * @param voices recordings of speech for babble
   */
  public Augmenter(
      AugmentConfig config, List<AudioCache.Clip> noises, List<AudioCache.Clip> voices) {
    this.config = config;
    this.noises = noises;
    this.voices = voices;
  }

  /**
   * Changes 16 kHz samples.
   *
   * @param speech in [-1, 1]; not changed
   * @return as many samples
   */
  public float[] apply(float[] speech, SplittableRandom random) {
    float[] audio = speech.clone();
    if (chance(random, config.reverb().prob())) {
      double rt60 = uniform(random, config.reverb().minRt60(), config.reverb().maxRt60());
      audio = Room.reverberate(audio, AudioCache.SAMPLE_RATE, rt60, random);
    }
    if (!noises.isEmpty() && chance(random, config.noise().prob())) {
      add(audio, excerpt(noises, audio.length, random), snr(random));
    }
    if (!voices.isEmpty() && chance(random, config.noise().babbleProb())) {
      float[] babble = excerpt(voices, audio.length, random);
      for (int i = 1; i < BABBLE_VOICES; i++) {
        Levels.addAtEqualPower(babble, excerpt(voices, audio.length, random));
      }
      // Voices as loud as the speaker would make the label wrong.
      add(audio, babble, Math.max(8, snr(random)));
    }
    if (chance(random, config.equalizer().prob())) {
      Equalizer.apply(audio, AudioCache.SAMPLE_RATE, config.equalizer().maxGainDb(), random);
    }
    if (chance(random, config.volume().prob())) {
      double gain = uniform(random, config.volume().minGainDb(), config.volume().maxGainDb());
      Levels.scaleWithoutClipping(audio, gain);
    }
    if (chance(random, config.telephone().prob())) {
      audio =
          TelephoneChannel.pass(
              audio, AudioCache.SAMPLE_RATE, config.telephone().lossProb(), random);
    }
    return audio;
  }

  private double snr(SplittableRandom random) {
    return uniform(random, config.noise().minSnrDb(), config.noise().maxSnrDb());
  }

  private static void add(float[] audio, float[] noise, double snrDb) {
    Levels.addAtSnr(audio, noise, snrDb);
  }

  private static float[] excerpt(List<AudioCache.Clip> clips, int length, SplittableRandom random) {
    AudioCache.Clip clip = clips.get(random.nextInt(clips.size()));
    float[] samples = new float[length];
    clip.read(random.nextInt(clip.length()), samples);
    return samples;
  }

  private static boolean chance(SplittableRandom random, double probability) {
    return random.nextDouble() < probability;
  }

  private static double uniform(SplittableRandom random, double min, double max) {
    return min + (max - min) * random.nextDouble();
  }
}
