package io.voxtag.voiceprint.training.augment;

/**
 * How often and how far training audio is changed. Probabilities are from 0 to 1.
 *
 * @param noise recorded noise and babble
 * @param reverb simulated rooms
 * @param equalizer random frequency responses
 * @param telephone telephone channels
 * @param volume levels
 */
public record AugmentConfig(
    Noise noise, Reverb reverb, Equalizer equalizer, Telephone telephone, Volume volume) {

  /**
   * Noise.
   *
   * @param prob of recorded noise
   * @param babbleProb of other speakers in the background
   * @param minSnrDb lowest ratio of speech to noise, dB
   * @param maxSnrDb highest ratio of speech to noise, dB
   */
  public record Noise(double prob, double babbleProb, double minSnrDb, double maxSnrDb) {
    public Noise {
      probability("noise.prob", prob);
      probability("noise.babble_prob", babbleProb);
      ordered("noise snr", minSnrDb, maxSnrDb);
    }
  }

  /**
   * Rooms.
   *
   * @param minRt60 shortest reverberation time, s
   * @param maxRt60 longest reverberation time, s
   */
  public record Reverb(double prob, double minRt60, double maxRt60) {
    public Reverb {
      probability("reverb.prob", prob);
      ordered("reverb rt60", minRt60, maxRt60);
    }
  }

  /**
   * Frequency responses.
   *
   * @param maxGainDb largest boost or cut, dB
   */
  public record Equalizer(double prob, double maxGainDb) {
    public Equalizer {
      probability("equalizer.prob", prob);
    }
  }

  /**
   * Telephone channels: 8 kHz, a pass band, G.711, packet loss.
   *
   * @param lossProb probability that the channel loses packets
   */
  public record Telephone(double prob, double lossProb) {
    public Telephone {
      probability("telephone.prob", prob);
      probability("telephone.loss_prob", lossProb);
    }
  }

  /** Levels, dB of change. */
  public record Volume(double prob, double minGainDb, double maxGainDb) {
    public Volume {
      probability("volume.prob", prob);
      ordered("volume gain", minGainDb, maxGainDb);
    }
  }

  private static void probability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + " but must be from 0 to 1");
    }
  }

  private static void ordered(String name, double min, double max) {
    if (!(min <= max)) {
      throw new IllegalArgumentException(name + " from " + min + " to " + max + " is not a range");
    }
  }
}
