package io.voxtag.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The unknown voices of a leg and their names. A name is kept once as many windows as confirm a
 * statement have borne it; a name that is not confirmed goes with its voice, so that a cough or the
 * mixture of two voices does not use up a number.
 *
 * @param voices those that are remembered, at most {@link #MOST}; the one not heard for longest is
 *     forgotten first
 * @param named the highest number that was ever confirmed
 */
record UnknownVoices(List<UnknownVoice> voices, int named) {

  static final int MOST = 8;
  static final UnknownVoices NONE = new UnknownVoices(List.of(), 0);

  UnknownVoices {
    voices = List.copyOf(voices);
  }

  /** The voice that is at least so much alike, the most alike one where there are several. */
  Optional<UnknownVoice> nearest(float[] vector, double threshold) {
    return voices.stream()
        .filter(voice -> UnitVectors.cosine(voice.voice(), vector) >= threshold)
        .max(Comparator.comparingDouble(voice -> UnitVectors.cosine(voice.voice(), vector)));
  }

  /** A voice that was not heard before, with the next free name. */
  UnknownVoice next(float[] vector, long window) {
    return new UnknownVoice(named + 1, vector, 1, window);
  }

  /** With this voice in place of the one of its number, and without others not confirmed. */
  UnknownVoices heard(UnknownVoice voice, int confirmWindows) {
    List<UnknownVoice> kept = new ArrayList<>(confirmedExcept(voice.number()));
    kept.add(voice);
    if (kept.size() > MOST) {
      kept.remove(
          kept.stream().min(Comparator.comparingLong(UnknownVoice::lastWindow)).orElseThrow());
    }
    boolean confirmed = voice.windows() >= confirmWindows;
    return new UnknownVoices(kept, confirmed ? Math.max(named, voice.number()) : named);
  }

  /** After a window of an enrolled speaker: without voices that are not confirmed. */
  UnknownVoices interrupted() {
    return new UnknownVoices(confirmedExcept(0), named);
  }

  private List<UnknownVoice> confirmedExcept(int number) {
    return voices.stream()
        .filter(voice -> voice.number() != number && voice.number() <= named)
        .toList();
  }
}
