package io.voxtag.standalone.diarize;

import io.voxtag.scoring.diarization.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who spoke when in one channel of a recording.
 *
 * @param turns in order of time; they do not overlap
 * @param speakers in the order in which they are first heard
 */
public record Diarization(List<Turn> turns, List<Speaker> speakers) {

  public Diarization {
    turns = List.copyOf(turns);
    speakers = List.copyOf(speakers);
  }

  /**
   * A stretch of one speaker.
   *
   * @param startMs from the start of the recording, ms
   * @param endMs its end, ms
   * @param speaker name of the speaker
   * @param certainty how probable this speaker is among those of the recording, 0 to 1
   */
  public record Turn(long startMs, long endMs, String speaker, double certainty) {

    /** Without the certainty. */
    public Segment segment() {
      return new Segment(startMs, endMs, speaker);
    }
  }

  /**
   * A voice of the recording.
   *
   * @param name of an enrolled speaker, or speaker-1, speaker-2
   * @param known whether it is that of an enrolled speaker
   * @param score how alike the enrolled voice is that is most like it: cosine, -1 to 1, or
   *     deviations where scores are normalised; null where none was compared
   * @param speechMs how long it speaks, ms
   */
  public record Speaker(String name, boolean known, @Nullable Double score, long speechMs) {}

  /** The turns without their certainty. */
  public List<Segment> segments() {
    return turns.stream().map(Turn::segment).toList();
  }
}
