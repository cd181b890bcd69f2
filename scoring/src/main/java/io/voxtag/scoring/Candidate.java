package io.voxtag.scoring;

import org.jspecify.annotations.Nullable;

/**
 * An enrolled speaker that was compared with.
 *
 * @param speakerId the speaker
 * @param score the higher, the more alike: a cosine from -1 to 1 unless the decision says otherwise
 * @param posterior probability from 0 to 1 that it is this speaker; null where the decision gives
 *     none
 */
public record Candidate(String speakerId, float score, @Nullable Float posterior) {

  /** A candidate without a posterior. */
  public Candidate(String speakerId, float score) {
    this(speakerId, score, null);
  }
}
