package io.voxtag.audio;

import io.voxtag.audio.speech.SpeechDetector;
import java.util.Arrays;

/**
 * Tells speech from silence, noise and tones, in frames of 10 ms. Each call starts afresh, so that
 * the same window always gives the same answer. Thread-safe.
 *
 * <p>Speech is what grows from voiced nuclei: periodic above the window's own noise floor, with the
 * pitch range, pitch movement, level movement and length of vowels. Steady noise and steady tones
 * have no nuclei and so give no speech at all. Whispered speech has none either.
 */
public final class VoiceActivity {

  /** The rate of the samples, Hz. */
  public static final int SAMPLE_RATE = 16_000;

  private static final int FRAME = SAMPLE_RATE / 100;

  /** Longer input is decided piece by piece, so that the noise floor may change, in frames. */
  private static final int LONGEST_PIECE = 3_000;

  private final SpeechDetector detector;

  public VoiceActivity() {
    this(VoiceActivitySettings.DEFAULT);
  }

  public VoiceActivity(VoiceActivitySettings settings) {
    this.detector = new SpeechDetector(settings);
  }

  /**
   * Decides each frame of a window; what is left behind the last whole frame is ignored.
   *
   * @param samples at 16 kHz, full scale -1 to 1, best 1 s or longer: a window of pure speech
   *     without any pause gives a pessimistic SNR
   */
  public SpeechActivity detect(float[] samples) {
    int frames = samples.length / FRAME;
    boolean[] speech = new boolean[frames];
    int pieces = (frames + LONGEST_PIECE - 1) / LONGEST_PIECE;
    for (int p = 0; p < pieces; p++) {
      int from = (int) ((long) frames * p / pieces);
      int to = (int) ((long) frames * (p + 1) / pieces);
      boolean[] found = detector.detect(Arrays.copyOfRange(samples, from * FRAME, to * FRAME));
      System.arraycopy(found, 0, speech, from, found.length);
    }
    int count = 0;
    for (boolean flag : speech) {
      count += flag ? 1 : 0;
    }
    return new SpeechActivity(
        count * SpeechActivity.FRAME_MS, SignalToNoise.estimate(samples, speech), speech);
  }
}
