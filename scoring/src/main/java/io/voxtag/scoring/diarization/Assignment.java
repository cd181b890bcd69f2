package io.voxtag.scoring.diarization;

import java.util.Arrays;

/**
 * Pairs rows with columns, one to one, so that the sum of their values is largest: the Hungarian
 * algorithm with potentials (Kuhn, 1955; Munkres, 1957), in O(n^3).
 */
final class Assignment {

  static final int NONE = -1;

  private Assignment() {}

  /**
   * @param values [rows, columns], finite; may be empty
   * @return for each row its column, or {@link #NONE} where there are fewer columns than rows
   */
  static int[] largestSum(double[][] values) {
    int rows = values.length;
    int columns = rows == 0 ? 0 : values[0].length;
    int[] columnOf = new int[rows];
    Arrays.fill(columnOf, NONE);
    if (columns == 0) {
      return columnOf;
    }
    boolean tall = rows > columns;
    int[] rowOf = smallestCost(tall ? negatedTransposed(values) : negated(values));
    for (int column = 0; column < rowOf.length; column++) {
      if (rowOf[column] != NONE) {
        if (tall) {
          columnOf[column] = rowOf[column];
        } else {
          columnOf[rowOf[column]] = column;
        }
      }
    }
    return columnOf;
  }

  private static double[][] negated(double[][] values) {
    return Arrays.stream(values)
        .map(row -> Arrays.stream(row).map(value -> -value).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] negatedTransposed(double[][] values) {
    double[][] transposed = new double[values[0].length][values.length];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[0].length; j++) {
        transposed[j][i] = -values[i][j];
      }
    }
    return transposed;
  }

  /** For each column its row, where there are no more rows than columns. */
  private static int[] smallestCost(double[][] cost) {
    int rows = cost.length;
    int columns = cost[0].length;
    double[] rowPotential = new double[rows];
    // Column 0 is an artificial one, from which the search for each row starts.
    double[] columnPotential = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    Arrays.fill(rowOf, NONE);
    for (int row = 0; row < rows; row++) {
      rowOf[0] = row;
      augment(cost, rowPotential, columnPotential, rowOf);
    }
    return Arrays.copyOfRange(rowOf, 1, columns + 1);
  }

  private static void augment(
      double[][] cost, double[] rowPotential, double[] columnPotential, int[] rowOf) {
    int columns = cost[0].length;
    double[] slack = new double[columns + 1];
    Arrays.fill(slack, Double.POSITIVE_INFINITY);
    boolean[] used = new boolean[columns + 1];
    int[] previous = new int[columns + 1];
    int column = 0;
    do {
      used[column] = true;
      int row = rowOf[column];
      double step = Double.POSITIVE_INFINITY;
      int nearest = 0;
      for (int j = 1; j <= columns; j++) {
        if (used[j]) {
          continue;
        }
        double reduced = cost[row][j - 1] - rowPotential[row] - columnPotential[j];
        if (reduced < slack[j]) {
          slack[j] = reduced;
          previous[j] = column;
        }
        if (slack[j] < step) {
          step = slack[j];
          nearest = j;
        }
      }
      for (int j = 0; j <= columns; j++) {
        if (used[j]) {
          rowPotential[rowOf[j]] += step;
          columnPotential[j] -= step;
        } else {
          slack[j] -= step;
        }
      }
      column = nearest;
    } while (rowOf[column] != NONE);
    while (column != 0) {
      rowOf[column] = rowOf[previous[column]];
      column = previous[column];
    }
  }
}
