package io.voxtag.scoring.diarization;

import java.util.List;

/**
 * Windows grouped by voice. The arrays are not copied.
 *
 * @param labels for each window its voice, numbered from 0 in the order in which they are heard
 * @param certainty for each window how probable its voice is among all, 0 to 1
 * @param voices the mean of the windows of each voice, unit vectors
 */
@SuppressWarnings("ArrayRecordComponent") // made for the caller alone
public record Grouping(int[] labels, double[] certainty, List<float[]> voices) {

  public Grouping {
    voices = List.copyOf(voices);
  }
}
