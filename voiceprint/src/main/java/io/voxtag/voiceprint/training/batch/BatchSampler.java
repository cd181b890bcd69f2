package io.voxtag.voiceprint.training.batch;

import java.util.SplittableRandom;

/**
 * Says which clips make up which batch. What it says depends on its arguments only, so that batches
 * may be made in any order and by any thread. Implementations are thread-safe.
 */
public interface BatchSampler {

  /**
   * The clips of a batch.
   *
   * @param number from 0, over all epochs
   */
  Rows batch(long number);

  /** Batches in an epoch, at least 1. */
  long batchesPerEpoch();

  /** The clips of one batch. */
  interface Rows {

    /** Number of crops. */
    int size();

    /**
     * The clip of a crop.
     *
     * @param row from 0
     * @param random that of the row, which also cuts and changes the crop
     */
    int clip(int row, SplittableRandom random);
  }
}
