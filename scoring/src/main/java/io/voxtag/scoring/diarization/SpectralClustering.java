package io.voxtag.scoring.diarization;

import java.util.List;
import java.util.Objects;

/**
 * Spectral clustering that finds the number of clusters and its own parameter, by the normalised
 * maximum eigengap (NME-SC; Park et al., "Auto-Tuning Spectral Clustering for Speaker Diarization
 * Using Normalized Maximum Eigengap", 2020). Each vector is linked with its nearest; with few links
 * clusters fall apart, with many they grow together. Of several numbers of links the one is taken
 * for which the gap between two eigenvalues of the graph's Laplacian is largest for its number of
 * links; the eigenvalues before the gap are as many as there are clusters.
 *
 * <p>Takes O(n^3) time and 8 n^2 bytes for n vectors.
 */
final class SpectralClustering {

  /** Fewest links: with fewer even one voice falls apart, and a speaker has more windows. */
  private static final int FEWEST_LINKS = 10;

  private static final double MOST_LINKS_SHARE = 0.25;
  private static final int TRIED = 12;
  private static final double TINY = 1e-10;

  private final Neighbours neighbours;

  SpectralClustering(List<float[]> vectors) {
    neighbours = new Neighbours(vectors, mostLinks(vectors.size()));
  }

  /**
   * What the eigenvalues say.
   *
   * @param links of each vector, itself included
   * @param clusters how many there are
   * @param ratio links over normalised eigengap; the smaller the better
   */
  record Gap(int links, int clusters, double ratio) {}

  /**
   * Looks for the number of clusters.
   *
   * @param least smallest number of clusters, 1 or more
   * @param most largest number, less than the number of vectors
   */
  Gap gap(int least, int most) {
    Gap best = null;
    int before = 0;
    for (int tried = 0; tried < TRIED; tried++) {
      int links = links(tried);
      if (links == before) {
        continue;
      }
      before = links;
      Gap gap = gap(links, least, most);
      best = best == null || gap.ratio() < best.ratio() ? gap : best;
    }
    return Objects.requireNonNull(best);
  }

  private Gap gap(int links, int least, int most) {
    int points = neighbours.points();
    SymmetricEigen eigen = new SymmetricEigen(neighbours.laplacian(links), points, false);
    int clusters = least;
    double widest = Double.NEGATIVE_INFINITY;
    for (int k = least; k <= most; k++) {
      double gap = eigen.value(k) - eigen.value(k - 1);
      if (gap > widest) {
        widest = gap;
        clusters = k;
      }
    }
    double normalised = widest / (eigen.value(points - 1) + TINY);
    return new Gap(links, clusters, (double) links / points / (normalised + TINY));
  }

  /** The clusters of each vector, numbered from 0 by first appearance. */
  int[] cluster(Gap gap) {
    int points = neighbours.points();
    SymmetricEigen eigen = new SymmetricEigen(neighbours.laplacian(gap.links()), points, true);
    return KMeans.cluster(eigen.smallest(gap.clusters()), gap.clusters());
  }

  private int links(int tried) {
    int points = neighbours.points();
    int fewest = fewestLinks(points);
    return fewest + (mostLinks(points) - fewest) * tried / (TRIED - 1);
  }

  /** Of few windows a speaker has fewer. */
  private static int fewestLinks(int points) {
    return Math.min(FEWEST_LINKS, Math.max(2, points / 4));
  }

  private static int mostLinks(int points) {
    return Math.min(points, Math.max(fewestLinks(points) + 1, (int) (points * MOST_LINKS_SHARE)));
  }
}
