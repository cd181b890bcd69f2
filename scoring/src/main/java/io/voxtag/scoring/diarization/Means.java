package io.voxtag.scoring.diarization;

import io.voxtag.scoring.UnitVectors;
import java.util.ArrayList;
import java.util.List;

/** The mean of each group of vectors. */
final class Means {

  private Means() {}

  /**
   * @param labels numbered from 0 without gaps
   * @return [groups][dimensions], not of unit length
   */
  static double[][] of(List<float[]> vectors, int[] labels) {
    double[][] means = new double[Labels.count(labels)][vectors.get(0).length];
    int[] sizes = new int[means.length];
    for (int i = 0; i < labels.length; i++) {
      float[] vector = vectors.get(i);
      double[] mean = means[labels[i]];
      sizes[labels[i]]++;
      for (int d = 0; d < mean.length; d++) {
        mean[d] += vector[d];
      }
    }
    for (int k = 0; k < means.length; k++) {
      for (int d = 0; d < means[k].length; d++) {
        means[k][d] /= sizes[k];
      }
    }
    return means;
  }

  /**
   * The mean directions.
   *
   * @throws IllegalArgumentException if the vectors of a group cancel each other out
   */
  static List<float[]> directions(List<float[]> vectors, int[] labels) {
    List<List<float[]>> groups = new ArrayList<>();
    for (int k = 0; k < Labels.count(labels); k++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < labels.length; i++) {
      groups.get(labels[i]).add(vectors.get(i));
    }
    return groups.stream()
        .map(
            group ->
                UnitVectors.mean(group)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "vectors that cancel each other out have no mean voice")))
        .toList();
  }
}
