package io.voxtag.voiceprint.training.batch;

/**
 * A batch.
 *
 * @param waveforms samples of all crops, one after the other
 * @param labels a class a crop
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Batch(float[] waveforms, long[] labels) {

  /** Number of crops. */
  public int size() {
    return labels.length;
  }

  /** Samples in a crop. */
  public int samples() {
    return waveforms.length / labels.length;
  }
}
