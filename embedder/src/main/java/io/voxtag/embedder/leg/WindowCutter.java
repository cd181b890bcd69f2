package io.voxtag.embedder.leg;

import io.voxtag.audio.Pcm16;
import java.util.Arrays;

/**
 * Cuts windows on the grid of a leg. Keeps the samples of the window in the making as 16 bits: 96
 * kB for 3 s.
 */
final class WindowCutter {

  /** Takes the windows. */
  interface Output {
    void window(long index, long startSample, float[] samples, boolean last);
  }

  private final int length;
  private final int hop;
  private final Output output;
  private short[] samples;
  private int held;
  private long index;

  /** Begins with window {@code first}; what lies before it is ignored. */
  WindowCutter(LegSettings settings, long first, Output output) {
    this.length = settings.windowSamples();
    this.hop = settings.hopSamples();
    this.index = first;
    this.output = output;
    this.samples = new short[Math.min(length, LegSettings.RATE / 2)];
  }

  /** The window in the making. */
  long index() {
    return index;
  }

  /** Takes the next samples; {@code start} is the place of the first one at 16 kHz. */
  void append(long start, float[] next) {
    int from = (int) Math.max(0, Math.min(next.length, index * hop - start));
    while (from < next.length) {
      int count = Math.min(next.length - from, length - held);
      reserve(held + count);
      for (int i = 0; i < count; i++) {
        samples[held + i] = Pcm16.quantise(next[from + i]);
      }
      held += count;
      from += count;
      if (held == length) {
        cut();
      }
    }
  }

  /** Gives the shorter last window, if there is anything in it. */
  void finish() {
    if (held > 0) {
      output.window(index, index * hop, floats(), true);
      held = 0;
    }
  }

  private void cut() {
    float[] window = floats();
    long cut = index++;
    System.arraycopy(samples, hop, samples, 0, length - hop);
    held = length - hop;
    output.window(cut, cut * hop, window, false);
  }

  private float[] floats() {
    float[] window = new float[held];
    for (int i = 0; i < held; i++) {
      window[i] = samples[i] / 32768f;
    }
    return window;
  }

  private void reserve(int size) {
    if (size > samples.length) {
      samples = Arrays.copyOf(samples, Math.min(length, Math.max(size, 2 * samples.length)));
    }
  }
}
