package io.voxtag.scoring.diarization;

import io.voxtag.scoring.UnitVectors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * For each vector the others in the order of their cosine, itself first; of equal ones the earlier
 * first.
 */
final class Neighbours {

  private final int[][] order;

  /**
   * @param most how many of each are remembered
   */
  Neighbours(List<float[]> vectors, int most) {
    int points = vectors.size();
    order = new int[points][];
    double[] cosines = new double[points];
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        cosines[j] = i == j ? 2 : UnitVectors.cosine(vectors.get(i), vectors.get(j));
      }
      order[i] =
          IntStream.range(0, points)
              .boxed()
              .sorted(Comparator.comparingDouble(j -> -cosines[j]))
              .limit(most)
              .mapToInt(Integer::intValue)
              .toArray();
    }
  }

  int points() {
    return order.length;
  }

  /**
   * The graph Laplacian D - A, [points, points] by rows, where A is 1 between mutual neighbours and
   * 1/2 where only one is among the nearest of the other.
   *
   * @param nearest how many neighbours each has, itself included
   */
  double[] laplacian(int nearest) {
    int points = order.length;
    double[] laplacian = new double[points * points];
    for (int i = 0; i < points; i++) {
      for (int j : Arrays.copyOf(order[i], Math.min(nearest, order[i].length))) {
        if (i != j) {
          laplacian[i * points + j] -= 0.5;
          laplacian[j * points + i] -= 0.5;
          laplacian[i * points + i] += 0.5;
          laplacian[j * points + j] += 0.5;
        }
      }
    }
    return laplacian;
  }
}
