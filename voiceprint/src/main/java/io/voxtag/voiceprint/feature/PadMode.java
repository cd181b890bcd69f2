package io.voxtag.voiceprint.feature;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** What lies beyond the ends of a waveform, for frames that are centred on its samples. */
enum PadMode {
  /** Silence. */
  CONSTANT,
  /** The waveform backwards, without its outermost sample. */
  REFLECT,
  /** The outermost sample. */
  REPLICATE,
  /** The other end. */
  CIRCULAR;

  /** The fewest samples that can be padded. */
  int minSamples(int pad) {
    return switch (this) {
      case CONSTANT, REPLICATE -> 1;
      case REFLECT -> pad + 1;
      case CIRCULAR -> Math.max(1, pad);
    };
  }

  /** [batch, samples] with {@code pad} more samples at both ends. */
  NDArray apply(NDArray waveforms, int pad) {
    if (pad == 0) {
      return waveforms;
    }
    long samples = waveforms.getShape().get(1);
    if (samples < minSamples(pad)) {
      throw new IllegalArgumentException(
          samples + " samples are too few: at least " + minSamples(pad) + " are needed");
    }
    return switch (this) {
      case CONSTANT -> {
        NDArray silence =
            waveforms
                .getManager()
                .zeros(new Shape(waveforms.getShape().get(0), pad), waveforms.getDataType());
        yield join(silence, waveforms, silence);
      }
      case REFLECT ->
          join(
              slice(waveforms, 1, pad + 1L).flip(1),
              waveforms,
              slice(waveforms, samples - pad - 1, samples - 1).flip(1));
      case REPLICATE ->
          join(
              slice(waveforms, 0, 1).repeat(1, pad),
              waveforms,
              slice(waveforms, samples - 1, samples).repeat(1, pad));
      case CIRCULAR ->
          join(slice(waveforms, samples - pad, samples), waveforms, slice(waveforms, 0, pad));
    };
  }

  /**
   * The waveform between its mirror images, which repeat the outermost samples.
   *
   * @param left samples of the mirror image before it; negative to drop some of its own
   * @param right samples of the mirror image after it, not negative
   */
  static NDArray mirror(NDArray waveforms, int left, int right) {
    long samples = waveforms.getShape().get(1);
    NDList parts = new NDList(3);
    if (left > 0) {
      parts.add(slice(waveforms, 0, left).flip(1));
    }
    parts.add(left < 0 ? slice(waveforms, -left, samples) : waveforms);
    if (right > 0) {
      parts.add(slice(waveforms, samples - right, samples).flip(1));
    }
    return NDArrays.concat(parts, 1);
  }

  static NDArray slice(NDArray waveforms, long from, long to) {
    return waveforms.get(new NDIndex().addAllDim().addSliceDim(from, to));
  }

  private static NDArray join(NDArray left, NDArray middle, NDArray right) {
    return NDArrays.concat(new NDList(left, middle, right), 1);
  }
}
