package io.voxtag.voiceprint.training.augment;

import io.voxtag.audio.Resampler;
import io.voxtag.voiceprint.training.data.AudioCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Changes a crop of speech as a call might have. Thread-safe; equal seeds give equal results. An
 * effect that is not configured draws nothing, so that adding one to a configuration does not
 * change what the others do with the same draws before it.
 */
public final class Augmenter {
  private static final int RATE = AudioCache.SAMPLE_RATE;
  private static final int BABBLE_VOICES = 4;

  /** Resampling needs whole rates; speeds are in steps of a tenth of a percent. */
  private static final int SPEED_STEPS = 1000;

  private final AugmentConfig config;
  private final List<AudioCache.Clip> noises;
  private final List<AudioCache.Clip> voices;
  private final List<AudioCache.Clip> responses;
  private final @Nullable TelephoneChannel telephone;

  /**
   * Makes an augmenter that simulates its rooms.
   *
   * @param noises recordings of noise; without any, no noise is added
   * @param voices recordings of speech for babble
   */
  public Augmenter(
      AugmentConfig config, List<AudioCache.Clip> noises, List<AudioCache.Clip> voices) {
    this(config, noises, voices, List.of());
  }

  /**
   * Makes an augmenter.
   *
   * @param noises recordings of noise; without any, no noise is added
   * @param voices recordings of speech for babble
   * @param responses impulse responses of rooms; without any, rooms are simulated
   */
  public Augmenter(
      AugmentConfig config,
      List<AudioCache.Clip> noises,
      List<AudioCache.Clip> voices,
      List<AudioCache.Clip> responses) {
    this.config = config;
    this.noises = List.copyOf(noises);
    this.voices = List.copyOf(voices);
    this.responses = List.copyOf(responses);
    this.telephone = config.telephone() == null ? null : new TelephoneChannel(config.telephone());
  }

  /**
   * Makes an augmenter with the recordings in the folders that the configuration names. A folder
   * that is missing or without audio is named in the log and not used.
   *
   * @param root folder that relative paths in the configuration begin at
   * @param cache folder for decoded audio
   * @param voices recordings of speech for babble
   */
  public static Augmenter open(
      AugmentConfig config, Path root, Path cache, List<AudioCache.Clip> voices)
      throws IOException {
    AugmentConfig.Noise noise = config.noise();
    AugmentConfig.Reverb reverb = config.reverb();
    return new Augmenter(
        config,
        noise == null ? List.of() : Folders.clips("noise.noise_dir", noise.noiseDir(), root, cache),
        voices,
        reverb == null
            ? List.of()
            : Folders.clips("reverb.reverb_dir", reverb.reverbDir(), root, cache));
  }

  /**
   * How many samples {@link #apply(float[], int, SplittableRandom)} should be given so that speech
   * that is made faster still fills the result: as many as asked for where speed is left alone.
   */
  public int samplesNeeded(int samples) {
    AugmentConfig.Speed speed = config.speed();
    return speed == null || speed.perturb3Class() || speed.prob() == 0
        ? samples
        : (int) Math.ceil(samples * Math.max(1, speed.maxSpeedRate()));
  }

  /**
   * Changes 16 kHz samples.
   *
   * @param speech in [-1, 1]; not changed
   * @return as many samples
   */
  public float[] apply(float[] speech, SplittableRandom random) {
    return apply(speech, speech.length, random);
  }

  /**
   * Changes 16 kHz samples.
   *
   * @param speech in [-1, 1]; not changed
   * @param length samples of the result, which begins anew where the changed speech is shorter
   */
  public float[] apply(float[] speech, int length, SplittableRandom random) {
    float[] audio = speed(speech, random);
    if (audio.length < length) {
      int whole = audio.length;
      audio = Arrays.copyOf(audio, length);
      for (int i = whole; i < length; i++) {
        audio[i] = audio[i - whole];
      }
    }
    return change(audio.length == length ? audio : Arrays.copyOf(audio, length), random);
  }

  /**
   * Changes a whole recording at 16 kHz, in its length too.
   *
   * @param speech in [-1, 1]; not changed
   */
  public float[] applyWhole(float[] speech, SplittableRandom random) {
    return change(speed(speech, random), random);
  }

  private float[] speed(float[] speech, SplittableRandom random) {
    AugmentConfig.Speed speed = config.speed();
    if (speed == null || speed.perturb3Class() || !Draw.chance(random, speed.prob())) {
      return speech.clone();
    }
    double range = speed.maxSpeedRate() - speed.minSpeedRate();
    int rates = speed.numRates();
    double share = rates == 0 ? random.nextDouble() : random.nextInt(rates) / (rates - 1.0);
    int from = (int) Math.round((speed.minSpeedRate() + share * range) * SPEED_STEPS);
    // The resampler takes rates of audio; only their ratio counts.
    return Resampler.resample(speech, from * 16, SPEED_STEPS * 16);
  }

  /** Works in place or on copies of its own. */
  private float[] change(float[] speech, SplittableRandom random) {
    float[] audio = shift(speech, random);
    audio = reverb(audio, random);
    noise(audio, random);
    AugmentConfig.Equalizer equalizer = config.equalizer();
    if (equalizer != null && random.nextDouble() < equalizer.prob()) {
      Equalizer.apply(audio, RATE, equalizer.maxGainDb(), random);
    }
    AugmentConfig.Volume volume = config.volume();
    if (volume != null && random.nextDouble() < volume.prob()) {
      double gain = Draw.uniform(random, volume.minGainDb(), volume.maxGainDb());
      Levels.scaleWithoutClipping(audio, gain);
    }
    AugmentConfig.Resample resample = config.resample();
    if (resample != null && Draw.chance(random, resample.prob())) {
      int rate = Draw.one(random, resample.newSampleRate());
      float[] there = Resampler.resample(audio, RATE, rate);
      audio = Arrays.copyOf(Resampler.resample(there, rate, RATE), audio.length);
    }
    if (telephone != null && random.nextDouble() < telephone.prob()) {
      audio = telephone.pass(audio, RATE, random);
    }
    if (config.limitPeak()) {
      Levels.limit(audio);
    }
    return audio;
  }

  private float[] shift(float[] audio, SplittableRandom random) {
    AugmentConfig.Shift shift = config.shift();
    if (shift == null || !Draw.chance(random, shift.prob())) {
      return audio;
    }
    double milliseconds = Draw.uniform(random, shift.minShiftMs(), shift.maxShiftMs());
    int by = (int) Math.round(milliseconds * RATE / 1000);
    float[] shifted = new float[audio.length];
    int kept = Math.max(0, audio.length - Math.abs(by));
    System.arraycopy(
        audio, kept == 0 ? 0 : Math.max(0, -by), shifted, kept == 0 ? 0 : Math.max(0, by), kept);
    return shifted;
  }

  private float[] reverb(float[] audio, SplittableRandom random) {
    AugmentConfig.Reverb reverb = config.reverb();
    if (reverb == null || !(random.nextDouble() < reverb.prob())) {
      return audio;
    }
    if (!responses.isEmpty()) {
      return Reverberation.recorded(audio, Draw.one(random, responses));
    }
    double rt60 = Draw.uniform(random, reverb.minRt60(), reverb.maxRt60());
    return switch (reverb.rooms()) {
      case VELVET_NOISE -> Room.reverberate(audio, RATE, rt60, random);
      case IMAGE_SOURCE -> Reverberation.simulated(audio, rt60, random);
    };
  }

  private void noise(float[] audio, SplittableRandom random) {
    AugmentConfig.Noise noise = config.noise();
    if (noise == null) {
      return;
    }
    if (!noises.isEmpty() && random.nextDouble() < noise.prob()) {
      int count = noise.repetition() == 1 ? 1 : 1 + random.nextInt(noise.repetition());
      for (int i = 0; i < count; i++) {
        Levels.addAtSnr(audio, excerpt(noises, audio.length, random), snr(noise, random));
      }
    }
    if (!voices.isEmpty() && random.nextDouble() < noise.babbleProb()) {
      float[] babble = excerpt(voices, audio.length, random);
      for (int i = 1; i < BABBLE_VOICES; i++) {
        Levels.addAtEqualPower(babble, excerpt(voices, audio.length, random));
      }
      // Voices as loud as the speaker would make the label wrong.
      Levels.addAtSnr(audio, babble, Math.max(8, snr(noise, random)));
    }
  }

  private static double snr(AugmentConfig.Noise noise, SplittableRandom random) {
    return Draw.uniform(random, noise.minSnrDb(), noise.maxSnrDb());
  }

  private static float[] excerpt(List<AudioCache.Clip> clips, int length, SplittableRandom random) {
    AudioCache.Clip clip = clips.get(random.nextInt(clips.size()));
    float[] samples = new float[length];
    clip.read(random.nextInt(clip.length()), samples);
    return samples;
  }
}
