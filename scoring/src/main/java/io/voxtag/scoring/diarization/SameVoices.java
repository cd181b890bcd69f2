package io.voxtag.scoring.diarization;

import io.voxtag.scoring.UnitVectors;
import java.util.List;

/** Joins groups whose mean voices are alike, the most alike first. */
final class SameVoices {

  private SameVoices() {}

  /**
   * @param threshold cosine that two mean voices must exceed
   * @param least how many groups are left in any case
   */
  static int[] joined(List<float[]> vectors, int[] labels, double threshold, int least) {
    int[] joined = labels;
    while (Labels.count(joined) > least) {
      List<float[]> voices = Means.directions(vectors, joined);
      double most = threshold;
      int kept = -1;
      int gone = -1;
      for (int i = 1; i < voices.size(); i++) {
        for (int j = 0; j < i; j++) {
          double cosine = UnitVectors.cosine(voices.get(i), voices.get(j));
          if (cosine > most) {
            most = cosine;
            kept = j;
            gone = i;
          }
        }
      }
      if (kept < 0) {
        break;
      }
      joined = replaced(joined, gone, kept);
    }
    return joined;
  }

  private static int[] replaced(int[] labels, int gone, int kept) {
    int[] replaced = labels.clone();
    for (int i = 0; i < replaced.length; i++) {
      if (replaced[i] == gone) {
        replaced[i] = kept;
      }
    }
    return Labels.numbered(replaced);
  }
}
