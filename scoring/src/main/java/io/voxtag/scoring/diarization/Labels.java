package io.voxtag.scoring.diarization;

import java.util.HashMap;
import java.util.Map;

/** Arithmetic on the numbers that say which cluster a point is in. */
final class Labels {

  private Labels() {}

  /** The same clusters, numbered from 0 in the order in which they first appear. */
  static int[] numbered(int[] labels) {
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] numbered = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      numbered[i] = numbers.computeIfAbsent(labels[i], label -> numbers.size());
    }
    return numbered;
  }

  /** How many clusters there are, of labels that are numbered from 0. */
  static int count(int[] labels) {
    int count = 0;
    for (int label : labels) {
      count = Math.max(count, label + 1);
    }
    return count;
  }
}
