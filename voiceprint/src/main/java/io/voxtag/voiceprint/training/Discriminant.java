package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.network.LinearEmbedding.Projection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Linear discriminant analysis (Fisher, 1936; Rao, 1948): the directions in which classes differ
 * most for the spread inside them, scaled so that this spread is one in each.
 */
final class Discriminant {

  private Discriminant() {}

  /**
   * Finds the best directions.
   *
   * @param samples all equally long
   * @param labels a class a sample
   * @param directions how many, at most the length of a sample
   * @param shrinkage weight of an even spread in the estimate of the spread inside classes, as a
   *     share of its mean; keeps directions with too few samples in check
   */
  static Projection fit(List<float[]> samples, int[] labels, int directions, double shrinkage) {
    return fit(samples, labels, Nuisance.NONE, directions, shrinkage);
  }

  /**
   * Finds the best directions away from what a nuisance adds to the spread inside classes.
   *
   * @param samples all equally long
   * @param labels a class a sample
   * @param nuisance of these samples
   * @param directions how many, at most the length of a sample
   * @param shrinkage weight of an even spread in the estimate of the spread inside classes, as a
   *     share of its mean; keeps directions with too few samples in check
   */
  static Projection fit(
      List<float[]> samples, int[] labels, Nuisance nuisance, int directions, double shrinkage) {
    int size = samples.get(0).length;
    Map<Integer, List<Integer>> classes = new HashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      classes.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
    }
    double[] mean = mean(samples);
    DMatrixRMaj within = new DMatrixRMaj(size, size);
    DMatrixRMaj between = new DMatrixRMaj(size, size);
    double freedom = 0;
    int used = 0;
    for (List<Integer> members : classes.values()) {
      if (members.size() < 2) {
        continue;
      }
      // A speaker's recordings are of one kind.
      double weight = nuisance.weight(members.get(0));
      List<float[]> vectors = members.stream().map(samples::get).toList();
      double[] own = mean(vectors);
      addScatter(within, vectors, own, weight);
      addScatter(between, List.of(toFloats(own)), mean, 1);
      freedom += weight * (members.size() - 1);
      used++;
    }
    if (used < 2) {
      throw new IllegalArgumentException(
          used + " speakers have two samples or more; at least 2 such speakers are needed");
    }
    CommonOps_DDRM.scale(1.0 / freedom, within);
    CommonOps_DDRM.scale(1.0 / used, between);
    nuisance.addDomains(within);
    double even = shrinkage * CommonOps_DDRM.trace(within) / size;
    for (int i = 0; i < size; i++) {
      within.add(i, i, even);
    }
    DMatrixRMaj whitener = inverseRoot(within);
    DMatrixRMaj half = new DMatrixRMaj(size, size);
    DMatrixRMaj whitened = new DMatrixRMaj(size, size);
    CommonOps_DDRM.mult(whitener, between, half);
    CommonOps_DDRM.multTransB(half, whitener, whitened);
    DMatrixRMaj best = largest(whitened, directions);
    DMatrixRMaj map = new DMatrixRMaj(directions, size);
    CommonOps_DDRM.mult(best, whitener, map);
    return projection(map, mean);
  }

  private static Projection projection(DMatrixRMaj map, double[] mean) {
    float[][] weight = new float[map.numRows][map.numCols];
    float[] bias = new float[map.numRows];
    for (int row = 0; row < map.numRows; row++) {
      double shift = 0;
      for (int column = 0; column < map.numCols; column++) {
        weight[row][column] = (float) map.get(row, column);
        shift -= map.get(row, column) * mean[column];
      }
      bias[row] = (float) shift;
    }
    return new Projection(weight, bias);
  }

  static double[] mean(List<float[]> samples) {
    double[] mean = new double[samples.get(0).length];
    for (float[] sample : samples) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += sample[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= samples.size();
    }
    return mean;
  }

  /** Adds the weighted sum of the products of what samples differ by from a centre. */
  static void addScatter(DMatrixRMaj sum, List<float[]> samples, double[] centre, double weight) {
    DMatrixRMaj rows = new DMatrixRMaj(samples.size(), centre.length);
    for (int row = 0; row < samples.size(); row++) {
      for (int i = 0; i < centre.length; i++) {
        rows.set(row, i, samples.get(row)[i] - centre[i]);
      }
    }
    CommonOps_DDRM.multAddTransA(weight, rows, rows, sum);
  }

  /** The inverse of the lower Cholesky factor. */
  private static DMatrixRMaj inverseRoot(DMatrixRMaj matrix) {
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
        DecompositionFactory_DDRM.chol(matrix.numRows, true);
    if (!cholesky.decompose(matrix.copy())) {
      throw new IllegalArgumentException(
          "the spread inside speakers has no inverse; more samples or more shrinkage are needed");
    }
    DMatrixRMaj root = cholesky.getT(null);
    CommonOps_DDRM.invert(root);
    return root;
  }

  private static DMatrixRMaj largest(DMatrixRMaj symmetric, int count) {
    int size = symmetric.numRows;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < row; column++) {
        double even = 0.5 * (symmetric.get(row, column) + symmetric.get(column, row));
        symmetric.set(row, column, even);
        symmetric.set(column, row, even);
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
    if (!eigen.decompose(symmetric)) {
      throw new IllegalArgumentException("the spread between speakers is not finite");
    }
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .limit(count)
            .toArray();
    DMatrixRMaj result = new DMatrixRMaj(count, size);
    for (int row = 0; row < count; row++) {
      DMatrixRMaj vector = eigen.getEigenVector(order[row]);
      for (int column = 0; column < size; column++) {
        result.set(row, column, vector.get(column));
      }
    }
    return result;
  }

  static float[] toFloats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
