package io.voxtag.embedder.leg;

import io.voxtag.audio.Resampler;

/**
 * Resamples a leg to 16 kHz so that each output sample depends on its place on the clock alone and
 * not on where the resampler began: it begins at a place where a sample of both rates falls
 * together, and {@link #latency} samples later all outputs are those of a longer run, bit for bit.
 */
final class GridResampler {

  private static final int PIECE_MS = 1000;

  private final int rate;
  private final Resampler resampler;
  private long produced;

  /** Takes the samples of the output. */
  interface Output {
    /** {@code start} is the place of the first one on the clock at 16 kHz. */
    void samples(long start, float[] samples);
  }

  private final Output output;

  /**
   * @param rate rate of the leg, Hz
   * @param start the first sample that will be fed; before it there is silence
   */
  GridResampler(int rate, long start, Output output) {
    this.rate = rate;
    this.output = output;
    this.resampler = new Resampler(rate, LegSettings.RATE);
    int divisor = gcd(rate, LegSettings.RATE);
    int step = rate / divisor;
    long aligned = start / step * step;
    this.produced = aligned / step * (LegSettings.RATE / divisor);
    feed(new float[Math.toIntExact(start - aligned)]);
  }

  /** Input samples of context that an output needs on either side. */
  static int latency(int rate) {
    return new Resampler(rate, LegSettings.RATE).latencySamples();
  }

  void feed(float[] samples) {
    give(resampler.process(samples));
  }

  void silence(long samples) {
    int piece = rate * PIECE_MS / 1000;
    for (long left = samples; left > 0; left -= piece) {
      feed(new float[(int) Math.min(left, piece)]);
    }
  }

  void finish() {
    give(resampler.flush());
  }

  private void give(float[] samples) {
    output.samples(produced, samples);
    produced += samples.length;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
