package io.voxtag.bench.training;

/**
 * What is trained: ECAPA-TDNN on filter banks of synthetic speakers.
 *
 * @param channels of the network; the aggregation has three times as many
 * @param batch crops in a batch
 * @param seconds length of a crop
 * @param threads that the operators share
 */
record Subject(int channels, int batch, double seconds, int threads) {
  static final int SAMPLE_RATE = 16_000;
  static final int BINS = 80;
  static final int EMBEDDING = 192;
  static final int SPEAKERS = 200;

  /** How much longer than a crop a recording is, s. */
  private static final double LONGER = 1;

  int samples() {
    return (int) Math.round(seconds * SAMPLE_RATE);
  }

  int clipSamples() {
    return samples() + (int) (LONGER * SAMPLE_RATE);
  }

  String name() {
    return "ecapa-" + channels;
  }
}
