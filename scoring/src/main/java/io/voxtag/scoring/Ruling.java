package io.voxtag.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of one window of a leg.
 *
 * @param state whether somebody was recognised
 * @param stage how firm it is
 * @param speaker the enrolled speaker where identified; the name of an unknown voice, stable in its
 *     leg once confirmed, where unknown; otherwise null
 * @param sinceMs since when the leg has had this state and speaker without a break, on its clock,
 *     milliseconds
 * @param score of the best candidate; null where nothing was scored
 * @param posterior probability from 0 to 1 that the statement is right; null where none is given
 * @param candidates the best enrolled speakers, best first
 */
public record Ruling(
    State state,
    Stage stage,
    @Nullable String speaker,
    long sinceMs,
    @Nullable Float score,
    @Nullable Float posterior,
    List<Candidate> candidates) {

  public Ruling {
    candidates = List.copyOf(candidates);
  }

  /** Whether somebody was recognised. */
  public enum State {
    /** The voice is that of an enrolled speaker. */
    IDENTIFIED,
    /** There is a voice, of nobody who is enrolled. */
    UNKNOWN,
    /** There is too little speech to tell. */
    INSUFFICIENT_SPEECH,
    /** Several voices at once. */
    OVERLAP
  }

  /** How firm a statement is. */
  public enum Stage {
    /** First evidence. */
    PROVISIONAL,
    /** Enough windows agree. */
    CONFIRMED,
    /** Takes back what was confirmed of the same voice on this leg. */
    REVISED
  }
}
