package io.voxtag.voiceprint.training.batch;

/**
 * A batch.
 *
 * @param values of all crops, one after the other: samples, or frames of features
 * @param labels a class a crop
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Batch(float[] values, long[] labels) {

  /** Number of crops. */
  public int size() {
    return labels.length;
  }

  /** Values in a crop. */
  public int cropSize() {
    return values.length / labels.length;
  }
}
