package io.voxtag.scoring;

/**
 * Says, window by window, who speaks on a leg. What it remembers of a leg is in the state that it
 * is given and gives back, so that one instance serves all legs, no leg knows of another, and the
 * same windows with the same voiceprints always get the same rulings. Implementations are
 * thread-safe.
 *
 * @param <S> what is remembered of a leg: immutable
 */
public interface Decision<S> {

  /** The state of a leg of which nothing was heard. */
  S start();

  /**
   * Rules on the next window of a leg.
   *
   * @param window must come after the windows that the state has seen
   * @param voiceprints the enrolled speakers, of the same model as the window's vector
   * @param state as the ruling on the window before gave it, or {@link #start()}
   */
  Verdict<S> decide(SpeechWindow window, VoiceprintSnapshot voiceprints, S state);

  /** The state as bytes for a store. */
  byte[] write(S state);

  /**
   * The opposite of {@link #write}.
   *
   * @throws LegStateFormatException if this decision did not write the bytes
   */
  S read(byte[] bytes);

  /**
   * A ruling and what to remember.
   *
   * @param ruling what is said of the window
   * @param state for the next window of the leg
   */
  record Verdict<S>(Ruling ruling, S state) {}
}
