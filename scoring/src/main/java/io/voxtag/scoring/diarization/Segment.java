package io.voxtag.scoring.diarization;

/**
 * A stretch of time in which somebody speaks.
 *
 * @param startMs from the start of the recording, ms
 * @param endMs its end, ms, after {@code startMs}
 * @param speaker who; not blank
 */
public record Segment(long startMs, long endMs, String speaker) {

  public Segment {
    if (startMs < 0 || endMs <= startMs) {
      throw new IllegalArgumentException(
          "a segment from %d to %d ms, must start at 0 or later and end after its start"
              .formatted(startMs, endMs));
    }
    if (speaker.isBlank()) {
      throw new IllegalArgumentException(
          "the segment from %d to %d ms has no speaker".formatted(startMs, endMs));
    }
  }

  /** How long it is, ms. */
  public long durationMs() {
    return endMs - startMs;
  }
}
