package io.voxtag.scoring.diarization;

/** A recording with speech that is shorter than the shortest window. */
public final class ShortRecordingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ShortRecordingException(int lengthMs, int leastMs) {
    super("a recording of %d ms, must have at least %d".formatted(lengthMs, leastMs));
  }
}
