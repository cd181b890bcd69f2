package io.voxtag.scoring.diarization;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How wrong a diarization is: the parts of the diarization error rate of NIST (Rich Transcription
 * evaluation plans, {@code md-eval}). Speakers of the hypothesis are mapped to those of the
 * reference, one to one, so that they share the most time; time in which several people speak
 * counts once for each.
 *
 * @param speakerMs time of the reference speakers that was scored, all together, ms
 * @param missedMs of it, what the hypothesis gives to nobody, ms
 * @param falseAlarmMs what it gives to somebody where nobody, or fewer, speak, ms
 * @param confusionMs what it gives to somebody else, ms
 * @param mapping names of the reference by those of the hypothesis, where they were paired
 */
public record DiarizationError(
    long speakerMs,
    long missedMs,
    long falseAlarmMs,
    long confusionMs,
    Map<String, String> mapping) {

  /** The customary time around each boundary of the reference that is not scored, ms. */
  public static final long COLLAR_MS = 250;

  public DiarizationError {
    mapping = Collections.unmodifiableMap(new TreeMap<>(mapping));
  }

  /**
   * Compares a diarization with the truth.
   *
   * @param collarMs how far before and after each boundary of a reference segment nothing counts,
   *     ms, 0 or more; segments of one speaker that touch or overlap are one
   * @throws NothingToScoreException if nobody speaks in the reference outside the collars
   */
  public static DiarizationError of(
      List<Segment> reference, List<Segment> hypothesis, long collarMs) {
    if (collarMs < 0) {
      throw new IllegalArgumentException("collar of %d ms, must be 0 or more".formatted(collarMs));
    }
    Overlaps overlaps = new Overlaps(reference, hypothesis, collarMs);
    if (overlaps.speakerMs() == 0) {
      throw new NothingToScoreException(reference.size(), collarMs);
    }
    Map<String, String> mapping = new TreeMap<>();
    long correct = 0;
    int[] columns = Assignment.largestSum(overlaps.sharedMs());
    for (int row = 0; row < columns.length; row++) {
      if (columns[row] == Assignment.NONE) {
        continue;
      }
      long shared = Math.round(overlaps.sharedMs()[row][columns[row]]);
      if (shared > 0) {
        correct += shared;
        mapping.put(
            overlaps.hypothesisNames().get(columns[row]), overlaps.referenceNames().get(row));
      }
    }
    return new DiarizationError(
        overlaps.speakerMs(),
        overlaps.missedMs(),
        overlaps.falseAlarmMs(),
        overlaps.pairedMs() - correct,
        mapping);
  }

  /** The diarization error rate, a fraction of the speakers' time; false alarms can exceed 1. */
  public double rate() {
    return (double) (missedMs + falseAlarmMs + confusionMs) / speakerMs;
  }
}
