package io.voxtag.audio;

/**
 * What {@link VoiceActivity} takes for speech. The defaults were tuned on read and telephone
 * speech, clean and with noise at 10 dB, against everyday noises and tones.
 */
public record VoiceActivitySettings(Floor floor, Nucleus nucleus, Growth growth) {

  public static final VoiceActivitySettings DEFAULT =
      new VoiceActivitySettings(Floor.DEFAULT, Nucleus.DEFAULT, Growth.DEFAULT);

  /**
   * What counts as silence.
   *
   * @param percentile of each bin's power over time that is its noise, 0 to 1
   * @param subtraction how many times the noise is taken off before periodicity is looked for
   * @param minLevelDb nothing quieter is speech, dB of full scale
   * @param rangeDb nothing so far below the loudest frames is speech, dB
   */
  public record Floor(double percentile, float subtraction, float minLevelDb, float rangeDb) {
    public static final Floor DEFAULT = new Floor(0.15, 1.5f, -70, 45);
  }

  /**
   * A voiced stretch that speech can begin from: vowels have a pitch that moves a little, a level
   * that moves, and a length; tones, engines and ticks lack one of these.
   *
   * @param strength least periodicity in it, 0 to 1
   * @param peakStrength least periodicity somewhere in it, 0 to 1
   * @param weakStrength least periodicity of shorter stretches that a nucleus nearby lets count
   * @param lowestHz least mean pitch, Hz
   * @param highestHz pitch from which on a frame is no voice, Hz
   * @param maxHighShare most frames above {@code highestHz} among the periodic ones of the second
   *     before and after, 0 to 1: cries and crows jump there
   * @param maxJump largest step of pitch between frames, octaves
   * @param minSpread least standard deviation of pitch, octaves
   * @param minLevelRangeDb least difference between its loudest and softest frame, dB; 0.1 dB more
   *     for each frame of its length, at most twice this in all
   * @param minSnrDb least ratio to the noise floor, dB
   * @param minMs least length, ms
   * @param minTotalMs least length of all nuclei of a window together, ms
   */
  public record Nucleus(
      float strength,
      float peakStrength,
      float weakStrength,
      float lowestHz,
      float highestHz,
      double maxHighShare,
      double maxJump,
      double minSpread,
      float minLevelRangeDb,
      float minSnrDb,
      int minMs,
      int minTotalMs) {
    public static final Nucleus DEFAULT =
        new Nucleus(0.45f, 0.83f, 0.5f, 75, 400, 0.3, 0.2, 0.006, 3, 3, 60, 120);
  }

  /**
   * How nuclei grow to stretches of speech, over the unvoiced sounds beside them.
   *
   * @param reachMs how far a nucleus lets weaker voiced stretches count, ms
   * @param snrDb least ratio to the noise floor of a frame to grow over, dB
   * @param maxMs how far to grow on either side, ms
   * @param hangoverMs what is added on either side in any case, ms
   * @param maxGapMs longest pause that is filled, ms
   */
  public record Growth(int reachMs, float snrDb, int maxMs, int hangoverMs, int maxGapMs) {
    public static final Growth DEFAULT = new Growth(600, 2.5f, 300, 50, 200);
  }
}
