package io.voxtag.scoring.diarization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Agglomerative clustering with average linkage (UPGMA; Sokal and Michener, 1958): the two clusters
 * of the smallest mean distance are joined, again and again. Found by the nearest-neighbour chain
 * (Müllner, "Modern hierarchical, agglomerative clustering algorithms", 2011) in O(n^2) time; the
 * distances take 2 n^2 bytes.
 */
final class Linkage {

  private final int points;
  private final List<Join> joins;

  /**
   * Two clusters become one.
   *
   * @param first a point of the one
   * @param second a point of the other
   * @param distance mean distance between their points
   */
  record Join(int first, int second, double distance) {}

  private Linkage(int points, List<Join> joins) {
    this.points = points;
    this.joins = joins;
  }

  /**
   * Joins all points into one.
   *
   * @param distances is overwritten
   */
  static Linkage of(Distances distances) {
    int points = distances.points();
    int[] sizes = new int[points];
    Arrays.fill(sizes, 1);
    boolean[] gone = new boolean[points];
    List<Join> joins = new ArrayList<>();
    int[] chain = new int[points];
    int length = 0;
    int first = 0;
    while (joins.size() < points - 1) {
      if (length == 0) {
        while (gone[first]) {
          first++;
        }
        chain[length++] = first;
      }
      int tip = chain[length - 1];
      int before = length > 1 ? chain[length - 2] : -1;
      int nearest = nearest(distances, gone, tip, before);
      if (nearest != before) {
        chain[length++] = nearest;
        continue;
      }
      length -= 2;
      joins.add(new Join(tip, nearest, distances.get(tip, nearest)));
      join(distances, gone, sizes, tip, nearest);
    }
    // The chain finds joins out of order, and equal ones stay as they were found.
    joins.sort(Comparator.comparingDouble(Join::distance));
    return new Linkage(points, joins);
  }

  /** The nearest other cluster; of equally near ones the one before in the chain, so it ends. */
  private static int nearest(Distances distances, boolean[] gone, int tip, int before) {
    int nearest = before;
    float least = before < 0 ? Float.POSITIVE_INFINITY : distances.get(tip, before);
    for (int other = 0; other < gone.length; other++) {
      if (gone[other] || other == tip) {
        continue;
      }
      float distance = distances.get(tip, other);
      if (distance < least) {
        least = distance;
        nearest = other;
      }
    }
    return nearest;
  }

  /** The joined cluster takes the place of {@code kept} (Lance and Williams, 1967). */
  private static void join(
      Distances distances, boolean[] gone, int[] sizes, int leaving, int kept) {
    gone[leaving] = true;
    double all = sizes[leaving] + sizes[kept];
    for (int other = 0; other < gone.length; other++) {
      if (!gone[other] && other != kept) {
        distances.set(
            kept,
            other,
            (float)
                ((sizes[leaving] * (double) distances.get(leaving, other)
                        + sizes[kept] * (double) distances.get(kept, other))
                    / all));
      }
    }
    sizes[kept] += sizes[leaving];
  }

  /** All joins, nearest first. */
  List<Join> joins() {
    return joins;
  }

  /** How many clusters there are where those at most so far apart are joined. */
  int clusters(double distance) {
    return points - (int) joins.stream().filter(join -> join.distance() <= distance).count();
  }

  /**
   * The clusters when so many are left.
   *
   * @param clusters 1 to the number of points
   * @return for each point its cluster, numbered from 0 in the order of their first points
   */
  int[] cut(int clusters) {
    int[] parent = new int[points];
    Arrays.setAll(parent, i -> i);
    for (Join join : joins.subList(0, points - clusters)) {
      parent[root(parent, join.first())] = root(parent, join.second());
    }
    int[] roots = new int[points];
    Arrays.setAll(roots, i -> root(parent, i));
    return Labels.numbered(roots);
  }

  private static int root(int[] parent, int point) {
    int root = point;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }
}
