package io.voxtag.scoring.diarization;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvalues and eigenvectors of a symmetric matrix, smallest eigenvalue first. */
final class SymmetricEigen {

  private final EigenDecomposition_F64<DMatrixRMaj> decomposition;
  private final int[] order;

  /**
   * @param matrix [size, size] by rows; is overwritten
   * @param vectors whether eigenvectors are wanted, which takes several times as long
   */
  SymmetricEigen(double[] matrix, int size, boolean vectors) {
    decomposition = DecompositionFactory_DDRM.eig(size, vectors, true);
    if (!decomposition.decompose(DMatrixRMaj.wrap(size, size, matrix))) {
      throw new IllegalStateException(
          "the eigenvalues of a symmetric matrix of %d rows did not converge".formatted(size));
    }
    order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> decomposition.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  double value(int index) {
    return decomposition.getEigenvalue(order[index]).getReal();
  }

  /** [size, count] the eigenvectors of the smallest eigenvalues as columns. */
  double[][] smallest(int count) {
    double[][] columns = new double[order.length][count];
    for (int k = 0; k < count; k++) {
      double[] vector = decomposition.getEigenVector(order[k]).getData();
      for (int i = 0; i < vector.length; i++) {
        columns[i][k] = vector[i];
      }
    }
    return columns;
  }
}
