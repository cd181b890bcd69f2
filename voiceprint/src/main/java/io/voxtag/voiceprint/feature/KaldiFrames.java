package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kaldi's way from samples to windowed frames: by default no padding, no dither, the mean of each
 * frame removed, pre-emphasis, a window.
 */
final class KaldiFrames {
  static final Set<String> ARGUMENTS =
      Set.of(
          "sample_frequency",
          "sample_rate",
          "channel",
          "frame_length",
          "frame_shift",
          "min_duration",
          "snip_edges",
          "round_to_power_of_two",
          "preemphasis_coefficient",
          "remove_dc_offset",
          "window_type",
          "blackman_coeff",
          "use_energy",
          "raw_energy",
          "energy_floor",
          "dither",
          "input_scale");

  /** The smallest step above one in single precision, which Kaldi takes as the floor. */
  static final float EPSILON = Math.ulp(1.0f);

  final int rate;
  final int fft;
  final boolean useEnergy;
  private final int length;
  private final int hop;
  private final int minSamples;
  private final boolean snipEdges;
  private final float preemphasis;
  private final boolean removeDc;
  private final boolean rawEnergy;
  private final double energyFloor;
  private final double scale;
  private final float[] window;

  KaldiFrames(NamedArguments arguments) {
    rate =
        arguments.integer(
            "sample_frequency",
            arguments.integer("sample_rate", 16000, 1000, 192000),
            1000,
            192000);
    // Waveforms have one channel here.
    arguments.integer("channel", -1, -1, 0);
    double milliseconds = arguments.positive("frame_length", 25, 1000);
    length = (int) (rate * milliseconds * 0.001);
    double shift = arguments.positive("frame_shift", 10, 1000);
    hop = (int) (rate * shift * 0.001);
    if (length < 2) {
      throw arguments.wrong("frame_length", milliseconds, "at least 2 samples long");
    }
    if (hop < 1) {
      throw arguments.wrong("frame_shift", shift, "at least a sample long");
    }
    boolean round = arguments.flag("round_to_power_of_two", true);
    fft = round ? Integer.highestOneBit(length - 1) << 1 : length;
    if (fft % 2 != 0) {
      throw arguments.wrong(
          "frame_length",
          milliseconds,
          "an even number of samples where round_to_power_of_two is false, not " + length);
    }
    double shortest = arguments.number("min_duration", 0, 0, 3600);
    snipEdges = arguments.flag("snip_edges", true);
    int fewest = snipEdges ? length : Math.max(length, hop - hop / 2);
    minSamples = Math.max(fewest, (int) Math.ceil(shortest * rate));
    preemphasis = (float) arguments.number("preemphasis_coefficient", 0.97, 0, 1);
    removeDc = arguments.flag("remove_dc_offset", true);
    useEnergy = arguments.flag("use_energy", false);
    rawEnergy = arguments.flag("raw_energy", true);
    energyFloor = arguments.number("energy_floor", 1, 0, 1e12);
    // Dither would make the same audio give different vectors.
    arguments.number("dither", 0, 0, 0);
    scale = arguments.number("input_scale", 32768, 1e-6, 1e9);
    double[] shape =
        Windows.kaldi(
            arguments.choice("window_type", "povey", Windows.KALDI),
            length,
            arguments.number("blackman_coeff", 0.42, 0, 1));
    // Everything up to the power is linear, so that the scale can wait for the window.
    window = new float[length];
    for (int i = 0; i < length; i++) {
      window[i] = (float) (shape[i] * scale);
    }
  }

  /**
   * Frames that are ready to be transformed.
   *
   * @param frames [batch, frames, samples]
   * @param logEnergy [batch, frames, 1]; null where it is not used
   */
  record Windowed(NDArray frames, @Nullable NDArray logEnergy) {}

  /** [batch, samples] to frames. */
  Windowed of(NDArray waveforms) {
    long samples = waveforms.getShape().get(1);
    if (samples < minSamples) {
      throw new IllegalArgumentException(
          samples + " samples are too few: at least " + minSamples + " are needed");
    }
    NDArray ready = snipEdges ? waveforms : mirrored(waveforms);
    NDArray frames = emphasised(ready);
    NDArray means = removeDc ? means(ready) : null;
    if (means != null) {
      // Pre-emphasis leaves this share of a constant. Taking it off afterwards spares a pass over
      // the frames, which overlap, and so does working in place.
      frames.subi(means.mul(1 - preemphasis));
    }
    frames.muli(Matrices.tensor(ready.getManager(), window));
    if (!useEnergy) {
      return new Windowed(frames, null);
    }
    NDArray energy = rawEnergy ? rawEnergy(ready, means) : logEnergy(frames, 1);
    return new Windowed(frames, energy);
  }

  /** The samples between as much of their mirror images as the frames reach into. */
  private NDArray mirrored(NDArray waveforms) {
    int samples = (int) waveforms.getShape().get(1);
    int frames = (samples + hop / 2) / hop;
    int left = length / 2 - hop / 2;
    int needed = (frames - 1) * hop + length;
    int right = Math.max(0, needed - left - samples);
    return PadMode.slice(PadMode.mirror(waveforms, left, right), 0, needed);
  }

  /** Frames of which each sample has lost a share of the one before it. */
  private NDArray emphasised(NDArray samples) {
    if (preemphasis == 0) {
      return Frames.cut(samples, length, hop);
    }
    long last = samples.getShape().get(1) - 1;
    NDArray before = PadMode.slice(samples, 0, last).mul(preemphasis);
    NDArray rest = PadMode.slice(samples, 1, last + 1).sub(before);
    NDArray frames = Frames.cut(PadMode.slice(samples, 0, 1).concat(rest, 1), length, hop);
    // The first sample of a frame has none before it there, and is taken to follow itself.
    NDArray starts = Frames.cut(samples, 1, hop).mul(1 - preemphasis);
    NDIndex first = new NDIndex().addAllDim().addAllDim().addSliceDim(0, 1);
    NDIndex framed = new NDIndex().addAllDim().addSliceDim(0, frames.getShape().get(1));
    frames.get(first).muli(0).addi(starts.get(framed));
    return frames;
  }

  /** The mean of each frame, [batch, frames, 1]. */
  private NDArray means(NDArray samples) {
    return Pool.avgPool1d(
            samples.expandDims(1),
            new Shape(length),
            new Shape(hop),
            new Shape(0),
            false,
            false)
        .swapAxes(1, 2);
  }

  private NDArray rawEnergy(NDArray samples, @Nullable NDArray means) {
    NDArray frames = Frames.cut(samples, length, hop);
    return logEnergy(means == null ? frames : frames.sub(means), scale * scale);
  }

  private NDArray logEnergy(NDArray frames, double factor) {
    NDArray energy =
        frames.square().sum(new int[] {2}, true).mul((float) factor).maximum(EPSILON).log();
    return energyFloor == 0 ? energy : energy.maximum((float) Math.log(energyFloor));
  }

  int minSamples() {
    return minSamples;
  }
}
