package io.voxtag.scoring.diarization;

import io.voxtag.scoring.UnitVectors;
import java.util.List;

/** Symmetric distances between points, without the diagonal: 2 n^2 bytes for n points. */
final class Distances {

  private final int points;
  private final float[] values;

  Distances(int points) {
    this.points = points;
    this.values = new float[Math.multiplyExact(points, points - 1) / 2];
  }

  /** One minus the cosine of unit vectors, 0 to 2. */
  static Distances cosine(List<float[]> vectors) {
    Distances distances = new Distances(vectors.size());
    for (int i = 1; i < vectors.size(); i++) {
      for (int j = 0; j < i; j++) {
        distances.set(i, j, 1 - UnitVectors.cosine(vectors.get(i), vectors.get(j)));
      }
    }
    return distances;
  }

  int points() {
    return points;
  }

  /** Between two points that are not the same. */
  float get(int a, int b) {
    return values[index(a, b)];
  }

  void set(int a, int b, float distance) {
    values[index(a, b)] = distance;
  }

  private static int index(int a, int b) {
    int high = Math.max(a, b);
    return high * (high - 1) / 2 + Math.min(a, b);
  }
}
