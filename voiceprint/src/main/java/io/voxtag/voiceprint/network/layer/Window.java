package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.types.Shape;

/**
 * What a convolution sees at once and how it moves, over frames or over bins and frames.
 *
 * @param padding zeros at each end
 */
public record Window(Shape kernel, Shape stride, Shape padding, Shape dilation) {

  /** One frame. */
  public static Window frame() {
    return frames(1, 1, 0, 1);
  }

  /** Some frames, {@code dilation} apart. */
  public static Window frames(int kernel, int stride, int padding, int dilation) {
    return new Window(
        new Shape(kernel), new Shape(stride), new Shape(padding), new Shape(dilation));
  }

  /** One bin of one frame, moved by the same stride over bins and frames. */
  public static Window point(int stride) {
    return square(1, stride, stride, 0);
  }

  /** As many bins as frames. */
  public static Window square(int kernel, int binStride, int frameStride, int padding) {
    return new Window(
        new Shape(kernel, kernel),
        new Shape(binStride, frameStride),
        new Shape(padding, padding),
        new Shape(1, 1));
  }

  /** Places that it takes along an axis of this size; less than one where it does not fit. */
  public long over(long size, int axis) {
    long seen = dilation.get(axis) * (kernel.get(axis) - 1) + 1;
    return Math.floorDiv(size + 2 * padding.get(axis) - seen, stride.get(axis)) + 1;
  }
}
