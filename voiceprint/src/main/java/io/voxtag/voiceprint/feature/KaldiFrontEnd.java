package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
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
  private final float scale;
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
    scale = (float) arguments.number("input_scale", 32768, 1e-6, 1e9);
    window = window(arguments.choice("window_type", "povey", WINDOWS), frameLength);
    banks = Matrices.banksOfParts(Matrices.kaldiMelBanks(rate, fft, mels, low, high));
  }

  /** [batch, samples] to log mel energies [batch, frames, mels]. */
  NDArray logMelEnergies(NDArray waveforms) {
    NDArray frames = Frames.cut(waveforms.mul(scale), frameLength, hop);
    if (removeDc) {
      frames = frames.sub(frames.mean(new int[] {2}, true));
    }
    if (preemphasis != 0) {
      NDArray first = frames.get(new NDIndex().addAllDim().addAllDim().addSliceDim(0, 1));
      NDArray before =
          frames.get(new NDIndex().addAllDim().addAllDim().addSliceDim(0, frameLength - 1L));
      frames = frames.sub(first.concat(before, 2).mul(preemphasis));
    }
    NDArray windowed = frames.mul(Matrices.tensor(waveforms.getManager(), window));
    NDArray energies = Frames.power(windowed, fft, Matrices.tensor(waveforms.getManager(), banks));
    return energies.maximum(EPSILON).log();
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
