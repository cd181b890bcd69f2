package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Set;

/**
 * Kaldi's way from samples to mel energies: frames without padding ({@code snip_edges}), no dither,
 * the mean of each frame removed, pre-emphasis, a window, a power-of-two transform.
 */
final class KaldiFrontEnd {
  static final Set<String> ARGUMENTS =
      Set.of(
          "sample_frequency",
          "sample_rate",
          "frame_length",
          "frame_shift",
          "num_mel_bins",
          "low_freq",
          "high_freq",
          "preemphasis_coefficient",
          "remove_dc_offset",
          "window_type",
          "dither",
          "input_scale");
  private static final Set<String> WINDOWS =
      Set.of("povey", "hanning", "hamming", "rectangular", "blackman");

  /** The smallest step above one in single precision, which Kaldi takes as the floor. */
  private static final float EPSILON = Math.ulp(1.0f);

  final int mels;
  final int frameLength;
  private final int hop;
  private final int fft;
  private final float preemphasis;
  private final boolean removeDc;
  private final float[] window;
  private final float[][] banks;

  KaldiFrontEnd(FeatureArguments arguments, int defaultMels) {
    int rate =
        arguments.integer(
            "sample_frequency",
            arguments.integer("sample_rate", 16000, 1000, 192000),
            1000,
            192000);
    frameLength = (int) (rate * arguments.number("frame_length", 25, 1, 1000) * 0.001);
    hop = (int) (rate * arguments.number("frame_shift", 10, 1, 1000) * 0.001);
    fft = Math.max(2, Integer.highestOneBit(frameLength - 1) << 1);
    mels = arguments.integer("num_mel_bins", defaultMels, 3, 512);
    double low = arguments.number("low_freq", 20, 0, rate / 2.0);
    double high = arguments.number("high_freq", 0, -rate / 2.0, rate / 2.0);
    high = high > 0 ? high : rate / 2.0 + high;
    if (low >= high) {
      throw new IllegalArgumentException(
          "low_freq " + low + " Hz must be below high_freq " + high + " Hz");
    }
    preemphasis = (float) arguments.number("preemphasis_coefficient", 0.97, 0, 1);
    removeDc = arguments.flag("remove_dc_offset", true);
    // Dither would make the same audio give different vectors.
    arguments.number("dither", 0, 0, 0);
    float scale = (float) arguments.number("input_scale", 32768, 1e-6, 1e9);
    // Everything up to the power is linear, so that the scale can wait for the window.
    window = window(arguments.choice("window_type", "povey", WINDOWS), frameLength);
    for (int i = 0; i < frameLength; i++) {
      window[i] *= scale;
    }
    banks = Matrices.banksOfParts(Matrices.kaldiMelBanks(rate, fft, mels, low, high));
  }

  /** [batch, samples] to log mel energies [batch, frames, mels]. */
  NDArray logMelEnergies(NDArray waveforms) {
    NDManager manager = waveforms.getManager();
    try (NDArray windowed = windowed(waveforms);
        NDArray energies = Frames.power(windowed, fft, Matrices.tensor(manager, banks));
        NDArray floored = energies.maximum(EPSILON)) {
      return floored.log();
    }
  }

  /** [batch, samples] to the frames that are transformed: [batch, frames, length]. */
  private NDArray windowed(NDArray waveforms) {
    NDManager manager = waveforms.getManager();
    try (NDArray cut = Frames.cut(waveforms, frameLength, hop);
        NDArray frames = removeDc ? withoutMean(cut) : cut) {
      NDArray windowed = frames.mul(Matrices.tensor(manager, window));
      if (preemphasis != 0) {
        // The first sample of a frame has none before it, and is taken to follow itself.
        subtract(windowed, frames, 0, 0, 1);
        subtract(windowed, frames, 1, 0, frameLength - 1);
      }
      return windowed;
    }
  }

  private static NDArray withoutMean(NDArray frames) {
    try (NDArray mean = frames.mean(new int[] {2}, true)) {
      return frames.sub(mean);
    }
  }

  /** Takes from the windowed samples at {@code to} the share of those at {@code from}. */
  private void subtract(NDArray windowed, NDArray frames, int to, int from, int length) {
    float[] share = new float[length];
    for (int i = 0; i < length; i++) {
      share[i] = preemphasis * window[to + i];
    }
    try (NDArray target = samples(windowed, to, length);
        NDArray before = samples(frames, from, length);
        NDArray part = before.mul(Matrices.tensor(frames.getManager(), share))) {
      target.subi(part);
    }
  }

  private static NDArray samples(NDArray frames, int from, int length) {
    return frames.get(
        new NDIndex().addAllDim().addAllDim().addSliceDim(from, (long) from + length));
  }

  private static float[] window(String type, int length) {
    float[] window = new float[length];
    for (int i = 0; i < length; i++) {
      double phase = 2 * Math.PI * i / (length - 1);
      double hann = 0.5 - 0.5 * Math.cos(phase);
      window[i] =
          (float)
              (switch (type) {
                case "povey" -> Math.pow(hann, 0.85);
                case "hanning" -> hann;
                case "hamming" -> 0.54 - 0.46 * Math.cos(phase);
                case "blackman" -> 0.42 - 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase);
                default -> 1.0;
              });
    }
    return window;
  }
}
