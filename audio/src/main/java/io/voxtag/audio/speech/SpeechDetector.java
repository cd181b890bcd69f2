package io.voxtag.audio.speech;

import io.voxtag.audio.VoiceActivitySettings;
import io.voxtag.audio.VoiceActivitySettings.Growth;
import io.voxtag.audio.speech.Nuclei.Stretch;
import java.util.Arrays;
import java.util.List;

/** Decides the frames of one window: finds nuclei and grows them. Immutable, thread-safe. */
public final class SpeechDetector {

  private static final int FRAME_SAMPLES = 160;
  private static final int FRAME_MS = 10;

  /** Shorter voiced stretches are chance. */
  private static final int MIN_WEAK_FRAMES = 3;

  /** Speech with less voicing in it is chance. */
  private static final int MIN_VOICED_FRAMES = 6;

  private final VoiceActivitySettings settings;

  public SpeechDetector(VoiceActivitySettings settings) {
    this.settings = settings;
  }

  /**
   * @param samples at 16 kHz
   * @return a flag for each whole frame of 10 ms
   */
  public boolean[] detect(float[] samples) {
    boolean[] speech = new boolean[samples.length / FRAME_SAMPLES];
    if (speech.length == 0) {
      return speech;
    }
    Frames frames = Frames.of(samples, settings.floor());
    Nuclei search = new Nuclei(frames, settings.nucleus());
    List<Stretch> nuclei = search.find();
    if (nuclei.isEmpty()) {
      return speech;
    }
    Growth growth = settings.growth();
    boolean[] near = new boolean[speech.length];
    int reach = growth.reachMs() / FRAME_MS;
    nuclei.forEach(nucleus -> fill(near, nucleus.from() - reach, nucleus.to() + reach));
    boolean[] voiced = new boolean[speech.length];
    nuclei.forEach(nucleus -> grow(nucleus, frames, speech, voiced));
    for (Stretch weak : search.weak()) {
      if (weak.length() >= MIN_WEAK_FRAMES && near[weak.from()]) {
        grow(weak, frames, speech, voiced);
      }
    }
    fillGaps(speech, growth.maxGapMs() / FRAME_MS);
    dropUnvoiced(speech, voiced);
    return speech;
  }

  private void grow(Stretch stretch, Frames frames, boolean[] speech, boolean[] voiced) {
    Growth growth = settings.growth();
    int most = growth.maxMs() / FRAME_MS;
    int hangover = growth.hangoverMs() / FRAME_MS;
    int from = stretch.from();
    while (from > 0 && stretch.from() - from < most && frames.snrDb[from - 1] > growth.snrDb()) {
      from--;
    }
    int to = stretch.to();
    while (to < speech.length && to - stretch.to() < most && frames.snrDb[to] > growth.snrDb()) {
      to++;
    }
    fill(speech, from - hangover, to + hangover);
    fill(voiced, stretch.from(), stretch.to());
  }

  private static void fill(boolean[] flags, int from, int to) {
    Arrays.fill(flags, Math.max(0, from), Math.min(flags.length, to), true);
  }

  private static void fillGaps(boolean[] speech, int longest) {
    int lastSpeech = -1;
    for (int k = 0; k < speech.length; k++) {
      if (speech[k]) {
        if (lastSpeech >= 0 && k - lastSpeech - 1 <= longest) {
          Arrays.fill(speech, lastSpeech, k, true);
        }
        lastSpeech = k;
      }
    }
  }

  private static void dropUnvoiced(boolean[] speech, boolean[] voiced) {
    int from = 0;
    while (from < speech.length) {
      int to = from;
      int voicedFrames = 0;
      while (to < speech.length && speech[to]) {
        voicedFrames += voiced[to] ? 1 : 0;
        to++;
      }
      if (voicedFrames < MIN_VOICED_FRAMES) {
        Arrays.fill(speech, from, to, false);
      }
      from = to + 1;
    }
  }
}
