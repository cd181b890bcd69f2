package io.voxtag.voiceprint.training.augment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How often and how far training audio is changed. A section that is missing changes nothing and
 * draws nothing. Probabilities are from 0 to 1; levels are in dB, times in s unless a name says
 * otherwise.
 *
 * @param speed tempo and pitch together
 * @param shift delay
 * @param reverb rooms
 * @param noise recorded noise and babble
 * @param equalizer random frequency responses
 * @param volume levels
 * @param resample another sample rate and back
 * @param telephone telephone channels
 * @param specAug masks and warps of features
 * @param specSub features of earlier frames in place of later ones
 * @param limitPeak true to scale down what would leave [-1, 1]; features take no notice of levels,
 *     so that training can do without
 */
public record AugmentConfig(
    @Nullable Speed speed,
    @Nullable Shift shift,
    @Nullable Reverb reverb,
    @Nullable Noise noise,
    @Nullable Equalizer equalizer,
    @Nullable Volume volume,
    @Nullable Resample resample,
    @Nullable Telephone telephone,
    @Nullable SpecAug specAug,
    @Nullable SpecSub specSub,
    boolean limitPeak) {

  /**
   * Reads a YAML file of sections, such as {@code configs/augmentation.yml}.
   *
   * @throws InvalidAugmentConfigException naming the key that is unknown, missing or wrong
   */
  public static AugmentConfig read(Path file) throws IOException {
    return AugmentYaml.read(file);
  }

  /**
   * Takes sections out of a tree. What a section leaves out has its default, but for {@code prob}.
   *
   * @throws IllegalArgumentException naming the key that is unknown, missing or wrong
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AugmentConfig of(JsonNode sections) {
    return AugmentYaml.config(sections);
  }

  /**
   * The speeds that make classes of their own, the original one first: more than one only where
   * {@code speed.speed_perturb_3_class} is true. The audio of a class is changed as a whole, so
   * that {@link Augmenter} leaves its speed alone.
   */
  public List<Double> speedClasses() {
    return speed == null || !speed.perturb3Class()
        ? List.of(1.0)
        : List.of(1.0, speed.minSpeedRate(), speed.maxSpeedRate());
  }

  /** With a folder of noise where the configuration names none. */
  public AugmentConfig withNoiseDir(@Nullable String folder) {
    if (noise == null || noise.noiseDir() != null || folder == null) {
      return this;
    }
    return new AugmentConfig(
        speed,
        shift,
        reverb,
        noise.in(folder),
        equalizer,
        volume,
        resample,
        telephone,
        specAug,
        specSub,
        limitPeak);
  }

  /**
   * Speed, by resampling: tempo and pitch change by the same factor.
   *
   * @param minSpeedRate slowest, 1 for unchanged
   * @param maxSpeedRate fastest
   * @param numRates evenly spaced rates to choose from, at least 2, or 0 for any rate between
   * @param perturb3Class {@code speed_perturb_3_class}: slow, unchanged and fast speech are three
   *     speakers
   */
  public record Speed(
      double prob,
      double minSpeedRate,
      double maxSpeedRate,
      int numRates,
      @JsonProperty("speed_perturb_3_class") boolean perturb3Class) {
    static final Speed DEFAULT = new Speed(0, 0.9, 1.1, 3, false);

    public Speed {
      Ranges.probability("speed.prob", prob);
      Ranges.within("speed.min_speed_rate", minSpeedRate, 0.5, 2);
      Ranges.within("speed.max_speed_rate", maxSpeedRate, 0.5, 2);
      Ranges.ordered("speed", "speed_rate", minSpeedRate, maxSpeedRate);
      Ranges.check(numRates == 0 || numRates >= 2, "speed.num_rates", numRates, "0 or at least 2");
    }
  }

  /** Delay, ms; negative ones begin later in the audio. Silence fills the gap. */
  public record Shift(double prob, double minShiftMs, double maxShiftMs) {
    static final Shift DEFAULT = new Shift(0, -5, 5);

    public Shift {
      Ranges.probability("shift.prob", prob);
      Ranges.within("shift.min_shift_ms", minShiftMs, -10_000, 10_000);
      Ranges.within("shift.max_shift_ms", maxShiftMs, -10_000, 10_000);
      Ranges.ordered("shift", "shift_ms", minShiftMs, maxShiftMs);
    }
  }

  /** How rooms are simulated. */
  public enum Rooms {
    /** Sparse noise that decays. */
    VELVET_NOISE,
    /** Mirror images of the speaker in the walls of a box, then noise that decays. */
    IMAGE_SOURCE
  }

  /**
   * Rooms.
   *
   * @param reverbDir folder of impulse responses, which take the place of simulated rooms; null for
   *     none
   * @param minRt60 shortest reverberation time, s
   * @param maxRt60 longest reverberation time, s
   * @param rooms how rooms are simulated
   */
  public record Reverb(
      double prob, @Nullable String reverbDir, double minRt60, double maxRt60, Rooms rooms) {
    static final Reverb DEFAULT = new Reverb(0, null, 0.1, 0.6, Rooms.VELVET_NOISE);

    public Reverb {
      Ranges.probability("reverb.prob", prob);
      Ranges.within("reverb.min_rt60", minRt60, 0.01, 5);
      Ranges.within("reverb.max_rt60", maxRt60, 0.01, 5);
      Ranges.ordered("reverb", "rt60", minRt60, maxRt60);
    }
  }

  /**
   * Noise.
   *
   * @param prob of recorded noise
   * @param noiseDir folder of noise recordings; null for none
   * @param repetition most noises at a time
   * @param babbleProb of other speakers in the background
   * @param minSnrDb lowest ratio of speech to noise, dB
   * @param maxSnrDb highest ratio of speech to noise, dB
   */
  public record Noise(
      double prob,
      @Nullable String noiseDir,
      int repetition,
      double babbleProb,
      double minSnrDb,
      double maxSnrDb) {
    static final Noise DEFAULT = new Noise(0, null, 1, 0, 10, 50);

    public Noise {
      Ranges.probability("noise.prob", prob);
      Ranges.within("noise.repetition", repetition, 1, 10);
      Ranges.probability("noise.babble_prob", babbleProb);
      Ranges.within("noise.min_snr_db", minSnrDb, -30, 100);
      Ranges.within("noise.max_snr_db", maxSnrDb, -30, 100);
      Ranges.ordered("noise", "snr_db", minSnrDb, maxSnrDb);
    }

    private Noise in(String folder) {
      return new Noise(prob, folder, repetition, babbleProb, minSnrDb, maxSnrDb);
    }
  }

  /**
   * Frequency responses.
   *
   * @param maxGainDb largest boost or cut, dB
   */
  public record Equalizer(double prob, double maxGainDb) {
    static final Equalizer DEFAULT = new Equalizer(0, 8);

    public Equalizer {
      Ranges.probability("equalizer.prob", prob);
      Ranges.within("equalizer.max_gain_db", maxGainDb, 0, 40);
    }
  }

  /** Levels, dB of change. */
  public record Volume(double prob, double minGainDb, double maxGainDb) {
    static final Volume DEFAULT = new Volume(0, -15, 15);

    public Volume {
      Ranges.probability("volume.prob", prob);
      Ranges.within("volume.min_gain_db", minGainDb, -100, 100);
      Ranges.within("volume.max_gain_db", maxGainDb, -100, 100);
      Ranges.ordered("volume", "gain_db", minGainDb, maxGainDb);
    }
  }

  /**
   * Another sample rate and back, which keeps what both rates can hold.
   *
   * @param newSampleRate rates to choose from, Hz
   */
  public record Resample(double prob, List<Integer> newSampleRate) {
    static final Resample DEFAULT = new Resample(0, List.of(8_000, 32_000, 44_100, 48_000));

    public Resample {
      Ranges.probability("resample.prob", prob);
      newSampleRate = List.copyOf(newSampleRate);
      Ranges.check(
          !newSampleRate.isEmpty(), "resample.new_sample_rate", newSampleRate, "at least one rate");
      for (int rate : newSampleRate) {
        Ranges.within("resample.new_sample_rate", rate, 4_000, 192_000);
      }
    }
  }

  /** What encodes the speech of a telephone channel. */
  public enum Codec {
    /** ITU-T G.711, mu-law or A-law. */
    G711,
    /** Regular-pulse excitation of linear prediction, as GSM full rate does. */
    GSM,
    /** Opus at 8 kHz and a low bit rate. */
    OPUS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Telephone channels: 8 kHz, a pass band, a codec, packet loss.
   *
   * @param lossProb probability that the channel loses packets
   * @param minLowHz lowest lower edge of the pass band, Hz
   * @param maxLowHz highest lower edge, Hz
   * @param minHighHz lowest upper edge, Hz
   * @param maxHighHz highest upper edge, Hz
   * @param handsetProb probability of the response of a handset
   * @param compressionProb probability of an automatic gain control
   * @param clippingProb probability of an overdriven amplifier
   * @param humProb probability of mains hum
   * @param codecs to choose from
   */
  public record Telephone(
      double prob,
      double lossProb,
      double minLowHz,
      double maxLowHz,
      double minHighHz,
      double maxHighHz,
      double handsetProb,
      double compressionProb,
      double clippingProb,
      double humProb,
      List<Codec> codecs) {
    static final Telephone DEFAULT =
        new Telephone(0, 0, 60, 350, 3_000, 3_800, 0, 0, 0, 0, List.of(Codec.G711));

    public Telephone {
      Ranges.probability("telephone.prob", prob);
      Ranges.probability("telephone.loss_prob", lossProb);
      Ranges.within("telephone.min_low_hz", minLowHz, 10, 1_500);
      Ranges.within("telephone.max_low_hz", maxLowHz, 10, 1_500);
      Ranges.ordered("telephone", "low_hz", minLowHz, maxLowHz);
      Ranges.within("telephone.min_high_hz", minHighHz, 1_600, 4_000);
      Ranges.within("telephone.max_high_hz", maxHighHz, 1_600, 4_000);
      Ranges.ordered("telephone", "high_hz", minHighHz, maxHighHz);
      Ranges.probability("telephone.handset_prob", handsetProb);
      Ranges.probability("telephone.compression_prob", compressionProb);
      Ranges.probability("telephone.clipping_prob", clippingProb);
      Ranges.probability("telephone.hum_prob", humProb);
      codecs = List.copyOf(codecs);
      Ranges.check(!codecs.isEmpty(), "telephone.codecs", codecs, "at least one codec");
    }
  }

  /**
   * Masks of features. Each axis of each sample is masked with the probability. A width is drawn
   * from the given ones, but at most the ratio of the axis.
   *
   * @param freqMaskRatio widest band, as a share of the bins
   * @param nFreqMasks bands
   * @param freqMaskWidth narrowest and widest band, bins
   * @param timeMaskRatio longest stretch, as a share of the frames
   * @param nTimeMasks stretches
   * @param timeMaskWidth shortest and longest stretch, frames
   * @param maxTimeWarp furthest that a moment is moved, frames
   */
  public record SpecAug(
      double prob,
      double freqMaskRatio,
      @JsonProperty("n_freq_masks") int nFreqMasks,
      List<Integer> freqMaskWidth,
      double timeMaskRatio,
      @JsonProperty("n_time_masks") int nTimeMasks,
      List<Integer> timeMaskWidth,
      int maxTimeWarp) {
    private static final List<Integer> ANY = List.of(1, 10_000);
    static final SpecAug DEFAULT = new SpecAug(0, 0.1, 1, ANY, 0.05, 1, ANY, 0);

    public SpecAug {
      Ranges.probability("spec_aug.prob", prob);
      Ranges.probability("spec_aug.freq_mask_ratio", freqMaskRatio);
      Ranges.within("spec_aug.n_freq_masks", nFreqMasks, 0, 100);
      freqMaskWidth = Ranges.pair("spec_aug.freq_mask_width", freqMaskWidth);
      Ranges.probability("spec_aug.time_mask_ratio", timeMaskRatio);
      Ranges.within("spec_aug.n_time_masks", nTimeMasks, 0, 100);
      timeMaskWidth = Ranges.pair("spec_aug.time_mask_width", timeMaskWidth);
      Ranges.within("spec_aug.max_time_warp", maxTimeWarp, 0, 1_000);
    }
  }

  /**
   * Earlier frames in place of later ones.
   *
   * @param maxT longest stretch, frames
   * @param numTSub stretches
   */
  public record SpecSub(
      double prob, @JsonProperty("max_t") int maxT, @JsonProperty("num_t_sub") int numTSub) {
    static final SpecSub DEFAULT = new SpecSub(0, 20, 3);

    public SpecSub {
      Ranges.probability("spec_sub.prob", prob);
      Ranges.within("spec_sub.max_t", maxT, 1, 1_000);
      Ranges.within("spec_sub.num_t_sub", numTSub, 1, 100);
    }
  }
}
