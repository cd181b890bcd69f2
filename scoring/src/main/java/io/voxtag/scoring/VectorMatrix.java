package io.voxtag.scoring;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Unit vectors laid out to be compared with many others at once, as a matrix product in blocks that
 * stay in the caches of a core. Immutable and thread-safe; 4 bytes a value.
 */
public final class VectorMatrix {

  // Rows of a block are read from the second-level cache once for all queries of a tile.
  private static final int TILE_QUERIES = 16;

  private final int size;
  private final int dimension;
  private final VectorBlock[] blocks;

  private VectorMatrix(int size, int dimension, VectorBlock[] blocks) {
    this.size = size;
    this.dimension = dimension;
    this.blocks = blocks;
  }

  /**
   * A matrix with these rows.
   *
   * @param vectors at least one, of unit length and of one dimension; copied
   * @throws IllegalArgumentException if there is none, or one is not like that; it is named by its
   *     place
   */
  public static VectorMatrix of(List<float[]> vectors) {
    if (vectors.isEmpty()) {
      throw new IllegalArgumentException("No vectors; a matrix needs at least one");
    }
    int dimension = vectors.get(0).length;
    VectorBlock[] blocks = new VectorBlock[(vectors.size() - 1) / VectorBlock.ROWS + 1];
    for (int row = 0; row < vectors.size(); row++) {
      if (row % VectorBlock.ROWS == 0) {
        blocks[row / VectorBlock.ROWS] = new VectorBlock(dimension);
      }
      float[] vector = vectors.get(row);
      requireDimension(vector, dimension, row);
      UnitVectors.require(vector, "Vector " + row);
      blocks[row / VectorBlock.ROWS].put(row % VectorBlock.ROWS, vector);
    }
    return new VectorMatrix(vectors.size(), dimension, blocks);
  }

  /** Takes the scores of one query; called by several threads at once. */
  @FunctionalInterface
  public interface RowSink {

    /**
     * Takes a row of the product.
     *
     * @param query place of the query, from 0
     * @param cosines with each row of the matrix; valid until the call returns, and of at least as
     *     many floats as the matrix has rows
     */
    void row(int query, float[] cosines);
  }

  /** Number of vectors. */
  public int size() {
    return size;
  }

  /** Floats in a vector. */
  public int dimension() {
    return dimension;
  }

  /** The cosines of one vector with all rows: its inner products, of about six digits. */
  public float[] cosines(float[] vector) {
    requireDimension(vector, dimension, 0);
    float[] row = new float[blocks.length * VectorBlock.ROWS];
    fill(List.of(vector), 0, new float[][] {row}, new float[VectorBlock.ROWS]);
    return row;
  }

  /**
   * Compares each query with each row, on all cores. The sums are taken in the order of the
   * dimensions whatever the number of cores, so that the same vectors always give the same scores.
   *
   * @param queries of the matrix's dimension
   * @throws IllegalArgumentException if one is of another dimension; it is named by its place
   */
  public void compare(List<float[]> queries, RowSink sink) {
    for (int i = 0; i < queries.size(); i++) {
      requireDimension(queries.get(i), dimension, i);
    }
    int tiles = (queries.size() + TILE_QUERIES - 1) / TILE_QUERIES;
    IntStream.range(0, tiles)
        .parallel()
        .forEach(
            tile -> {
              int from = tile * TILE_QUERIES;
              int count = Math.min(TILE_QUERIES, queries.size() - from);
              float[][] rows = new float[count][blocks.length * VectorBlock.ROWS];
              fill(queries, from, rows, new float[VectorBlock.ROWS]);
              for (int i = 0; i < count; i++) {
                sink.row(from + i, rows[i]);
              }
            });
  }

  private void fill(List<float[]> queries, int from, float[][] rows, float[] scores) {
    for (int block = 0; block < blocks.length; block++) {
      for (int i = 0; i < rows.length; i++) {
        blocks[block].score(queries.get(from + i), scores);
        System.arraycopy(scores, 0, rows[i], block * VectorBlock.ROWS, VectorBlock.ROWS);
      }
    }
  }

  private static void requireDimension(float[] vector, int dimension, int place) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "Vector " + place + " has " + vector.length + " floats; it must have " + dimension);
    }
  }
}
