package io.voxtag.audio.speech;

/**
 * Room for a batch of transforms, two real frames in each: the first half of a batch's frames in
 * {@code re}, the second in {@code im}. Goes through a window batch by batch.
 */
final class Lanes {

  /** More would not stay in the cache, fewer would make the loops short. */
  private static final int MOST = 80;

  final float[][] re;
  final float[][] im;

  private final int frames;
  private final int most;
  private int frame;

  /**
   * @param rows length of a transform
   */
  Lanes(int frames, int rows) {
    int batches = (frames + 2 * MOST - 1) / (2 * MOST);
    this.frames = frames;
    this.most = batches == 0 ? 0 : (frames + 2 * batches - 1) / (2 * batches);
    this.re = new float[rows][most];
    this.im = new float[rows][most];
  }

  boolean any() {
    return frame < frames;
  }

  void next() {
    frame += 2 * most;
  }

  /** The first frame of the batch. */
  int frame() {
    return frame;
  }

  /** Frames in {@code re}. */
  int count() {
    return Math.min(most, frames - frame);
  }

  /** The first frame in {@code im}. */
  int secondFrame() {
    return frame + count();
  }

  /** Frames in {@code im}; the lanes after them hold whatever they held. */
  int secondCount() {
    return Math.min(most, frames - secondFrame());
  }
}
