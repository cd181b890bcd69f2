package io.voxtag.scoring.diarization;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Lloyd's algorithm (1982), from several starts of which the tightest result counts: centres that
 * lie farthest apart (Gonzalez, 1985), and some drawn as k-means++ does (Arthur and Vassilvitskii,
 * 2007) from a fixed seed, so that the same points always give the same clusters.
 */
final class KMeans {

  private static final int MOST_ROUNDS = 100;
  private static final int DRAWN_STARTS = 10;
  private static final long SEED = 1;

  private KMeans() {}

  /**
   * @param points [points, dimensions]
   * @param clusters 1 to the number of points
   * @return for each point its cluster, numbered from 0 by first appearance; fewer than asked for
   *     where points coincide
   */
  static int[] cluster(double[][] points, int clusters) {
    double[][] centres = start(points, clusters, null);
    int[] best = settle(points, centres);
    double least = scatter(points, centres, best);
    Random random = new Random(SEED);
    for (int drawn = 0; drawn < DRAWN_STARTS; drawn++) {
      centres = start(points, clusters, random);
      int[] labels = settle(points, centres);
      double scatter = scatter(points, centres, labels);
      if (scatter < least) {
        least = scatter;
        best = labels;
      }
    }
    return Labels.numbered(best);
  }

  /** Moves the centres until nothing changes. */
  private static int[] settle(double[][] points, double[][] centres) {
    int[] labels = nearest(points, centres);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      move(centres, points, labels);
      int[] next = nearest(points, centres);
      if (Arrays.equals(next, labels)) {
        break;
      }
      labels = next;
    }
    return labels;
  }

  private static double scatter(double[][] points, double[][] centres, int[] labels) {
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      sum += squaredDistance(points[i], centres[labels[i]]);
    }
    return sum;
  }

  /** Without a source of chance, each centre is the point farthest from those before. */
  private static double[][] start(double[][] points, int clusters, @Nullable Random random) {
    double[][] centres = new double[clusters][];
    double[] distance = new double[points.length];
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int next = random == null ? 0 : random.nextInt(points.length);
    for (int k = 0; k < clusters; k++) {
      centres[k] = points[next].clone();
      double sum = 0;
      int farthest = 0;
      for (int i = 0; i < points.length; i++) {
        distance[i] = Math.min(distance[i], squaredDistance(points[i], centres[k]));
        sum += distance[i];
        farthest = distance[i] > distance[farthest] ? i : farthest;
      }
      next = random == null ? farthest : drawn(distance, sum * random.nextDouble());
    }
    return centres;
  }

  private static int drawn(double[] weights, double at) {
    double rest = at;
    for (int i = 0; i < weights.length; i++) {
      rest -= weights[i];
      if (rest < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }

  private static int[] nearest(double[][] points, double[][] centres) {
    int[] labels = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < centres.length; k++) {
        double distance = squaredDistance(points[i], centres[k]);
        if (distance < least) {
          least = distance;
          labels[i] = k;
        }
      }
    }
    return labels;
  }

  /** A centre without points stays where it is. */
  private static void move(double[][] centres, double[][] points, int[] labels) {
    double[][] sums = new double[centres.length][centres[0].length];
    int[] sizes = new int[centres.length];
    for (int i = 0; i < points.length; i++) {
      sizes[labels[i]]++;
      for (int d = 0; d < points[i].length; d++) {
        sums[labels[i]][d] += points[i][d];
      }
    }
    for (int k = 0; k < centres.length; k++) {
      for (int d = 0; d < centres[k].length && sizes[k] > 0; d++) {
        centres[k][d] = sums[k][d] / sizes[k];
      }
    }
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return sum;
  }
}
