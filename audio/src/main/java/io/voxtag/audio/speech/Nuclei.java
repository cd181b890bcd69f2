package io.voxtag.audio.speech;

import io.voxtag.audio.VoiceActivitySettings.Nucleus;
import java.util.ArrayList;
import java.util.List;

/** Finds the voiced stretches of a window that only a voice makes. */
final class Nuclei {

  private static final int FRAME_MS = 10;
  private static final float RANGE_DB_A_FRAME = 0.1f;
  private static final int NEIGHBOURHOOD = 100;

  /** Frames [from, to). */
  record Stretch(int from, int to) {
    int length() {
      return to - from;
    }
  }

  private final Frames frames;
  private final Nucleus settings;

  Nuclei(Frames frames, Nucleus settings) {
    this.frames = frames;
    this.settings = settings;
  }

  /** The nuclei, or none at all where they are too short together. */
  List<Stretch> find() {
    List<Stretch> nuclei = new ArrayList<>();
    int total = 0;
    for (Stretch stretch : periodic(settings.strength(), true)) {
      if (isNucleus(stretch)) {
        nuclei.add(stretch);
        total += stretch.length();
      }
    }
    return total * FRAME_MS >= settings.minTotalMs() ? nuclei : List.of();
  }

  /** Voiced stretches that count only beside a nucleus. */
  List<Stretch> weak() {
    return periodic(settings.weakStrength(), false);
  }

  private List<Stretch> periodic(float strength, boolean smooth) {
    List<Stretch> stretches = new ArrayList<>();
    int from = -1;
    for (int k = 0; k <= frames.count(); k++) {
      boolean voiced = k < frames.count() && isVoiced(k, strength);
      boolean cut = from >= 0 && (!voiced || (smooth && isJump(k)));
      if (cut) {
        stretches.add(new Stretch(from, k));
        from = -1;
      }
      if (voiced && from < 0) {
        from = k;
      }
    }
    return stretches;
  }

  private boolean isVoiced(int k, float strength) {
    return frames.pitch.strength[k] > strength
        && frames.pitch.hertz[k] < settings.highestHz()
        && frames.snrDb[k] > settings.minSnrDb()
        && frames.levelDb[k] > frames.leastLevelDb;
  }

  private boolean isJump(int k) {
    return Math.abs(log2(frames.pitch.hertz[k] / frames.pitch.hertz[k - 1])) > settings.maxJump();
  }

  private boolean isNucleus(Stretch stretch) {
    if (stretch.length() * FRAME_MS < settings.minMs()) {
      return false;
    }
    float peak = 0;
    float loudest = Float.NEGATIVE_INFINITY;
    float softest = Float.POSITIVE_INFINITY;
    double hertz = 0;
    double sum = 0;
    double squares = 0;
    for (int k = stretch.from(); k < stretch.to(); k++) {
      peak = Math.max(peak, frames.pitch.strength[k]);
      loudest = Math.max(loudest, frames.levelDb[k]);
      softest = Math.min(softest, frames.levelDb[k]);
      double octaves = log2(frames.pitch.hertz[k]);
      hertz += frames.pitch.hertz[k];
      sum += octaves;
      squares += octaves * octaves;
    }
    double mean = sum / stretch.length();
    double spread = Math.sqrt(Math.max(0, squares / stretch.length() - mean * mean));
    return peak >= settings.peakStrength()
        && hertz / stretch.length() >= settings.lowestHz()
        && spread >= settings.minSpread()
        && loudest - softest >= levelRangeDb(stretch.length())
        && highShare((stretch.from() + stretch.to()) / 2) <= settings.maxHighShare();
  }

  private float levelRangeDb(int length) {
    float least = settings.minLevelRangeDb();
    return Math.min(2 * least, least + RANGE_DB_A_FRAME * length);
  }

  private double highShare(int middle) {
    int high = 0;
    int all = 0;
    int to = Math.min(frames.count(), middle + NEIGHBOURHOOD + 1);
    for (int k = Math.max(0, middle - NEIGHBOURHOOD); k < to; k++) {
      if (frames.pitch.strength[k] > settings.weakStrength()) {
        all++;
        high += frames.pitch.hertz[k] >= settings.highestHz() ? 1 : 0;
      }
    }
    return all == 0 ? 0 : (double) high / all;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
