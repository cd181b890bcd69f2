package io.voxtag.scoring.diarization;

/** A reference in which nobody speaks, so that there is no error rate. */
public final class NothingToScoreException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  NothingToScoreException(int segments, long collarMs) {
    super(
        "nothing of the reference's %d segments is left to score with a collar of %d ms"
            .formatted(segments, collarMs));
  }
}
