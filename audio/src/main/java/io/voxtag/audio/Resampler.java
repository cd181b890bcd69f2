package io.voxtag.audio;

import io.voxtag.audio.io.SampleBuffer;
import java.util.Arrays;

/**
 * Changes the sample rate of a stream chunk by chunk, without seams: any chunking gives bit for bit
 * the samples of one piece. A polyphase windowed-sinc filter (Kaiser, stop-band below -100 dB) that
 * passes up to 0.92 of the lower Nyquist frequency and lets nothing through above it.
 *
 * <p>Output sample <i>n</i> lies at the time of input sample <i>n</i> * from / to: the filter's
 * delay is compensated, so a chunk comes out {@link #latencySamples()} input samples late and
 * {@link #flush()} gives the rest. In all, {@code ceil(inputs * to / from)} samples come out.
 *
 * <p>Holds some hundred input samples of state. Not thread-safe; one instance a stream.
 */
public final class Resampler {

  private static final float[] NONE = new float[0];

  private final int from;
  private final int to;
  private final PolyphaseFilter filter;

  /** Inputs that later outputs still need; the first {@code held} values count. */
  private float[] history;

  private int held;

  /** Where in {@code history} the filter of the next output begins, and its phase. */
  private int next;

  private int phase;
  private long consumed;
  private long produced;

  /**
   * @param from input rate, Hz, 4000 to 192000
   * @param to output rate, Hz, same range
   */
  public Resampler(int from, int to) {
    this.from = checked(from);
    this.to = checked(to);
    this.filter = PolyphaseFilter.of(from, to);
    this.history = new float[2 * filter.taps()];
    reset();
  }

  /** A whole recording at once; {@code ceil(samples * to / from)} samples. */
  public static float[] resample(float[] samples, int from, int to) {
    if (from == to) {
      return samples.clone();
    }
    Resampler resampler = new Resampler(from, to);
    float[] start = resampler.process(samples);
    float[] end = resampler.flush();
    float[] all = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, all, start.length, end.length);
    return all;
  }

  /** Input samples by which output is late: half the filter, or 0 where the rates are equal. */
  public int latencySamples() {
    return from == to ? 0 : filter.taps() / 2;
  }

  /** Takes the next samples and gives those output samples that are complete, perhaps none. */
  public float[] process(float[] chunk) {
    if (from == to) {
      return chunk.clone();
    }
    consumed += chunk.length;
    return convolve(chunk, Long.MAX_VALUE);
  }

  /** Gives the last samples of the stream; afterwards the resampler is ready for a new one. */
  public float[] flush() {
    if (from == to) {
      return NONE;
    }
    long total = (consumed * to + from - 1) / from;
    float[] rest = convolve(new float[filter.taps()], total - produced);
    reset();
    return rest;
  }

  private void reset() {
    Arrays.fill(history, 0f);
    held = filter.taps() / 2 - 1;
    next = 0;
    phase = 0;
    consumed = 0;
    produced = 0;
  }

  private float[] convolve(float[] chunk, long limit) {
    int taps = filter.taps();
    if (history.length - held < chunk.length) {
      history = Arrays.copyOf(history, held + chunk.length);
    }
    System.arraycopy(chunk, 0, history, held, chunk.length);
    held += chunk.length;
    float[] out = new float[(int) Math.min(limit, filter.outputs(held - taps - next, phase))];
    filter.apply(history, next, phase, out);
    long position = phase + (long) out.length * filter.down();
    next += (int) (position / filter.up());
    phase = (int) (position % filter.up());
    produced += out.length;
    int done = Math.min(next, held);
    System.arraycopy(history, done, history, 0, held - done);
    held -= done;
    next -= done;
    if (history.length > 4 * taps && held <= 2 * taps) {
      history = Arrays.copyOf(history, 2 * taps);
    }
    return out;
  }

  private static int checked(int rate) {
    if (rate < SampleBuffer.MIN_RATE || rate > SampleBuffer.MAX_RATE) {
      throw new IllegalArgumentException(
          "sample rate %d Hz, must be from %d to %d"
              .formatted(rate, SampleBuffer.MIN_RATE, SampleBuffer.MAX_RATE));
    }
    return rate;
  }
}
