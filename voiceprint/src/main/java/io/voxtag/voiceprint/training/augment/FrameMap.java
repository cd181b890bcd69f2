package io.voxtag.voiceprint.training.augment;

import java.util.SplittableRandom;

/** For each frame of each sample, the moment of that sample that it shows. */
final class FrameMap {
  private final int frames;
  private final double[] moments;

  FrameMap(int batch, int frames) {
    this.frames = frames;
    this.moments = new double[batch * frames];
    for (int i = 0; i < moments.length; i++) {
      moments[i] = i % frames;
    }
  }

  /** Moves a moment by up to {@code most} frames; what lies around it is stretched or pressed. */
  void warp(int sample, int most, SplittableRandom random) {
    if (frames <= 2 * most + 1) {
      return;
    }
    int centre = most + 1 + random.nextInt(frames - 2 * most - 1);
    int moved = centre - most + random.nextInt(2 * most + 1);
    int last = frames - 1;
    for (int frame = 0; frame < frames; frame++) {
      double moment =
          frame < moved || moved == last
              ? frame * (double) centre / moved
              : centre + (frame - moved) * (double) (last - centre) / (last - moved);
      moments[sample * frames + frame] = Math.max(0, Math.min(last, moment));
    }
  }

  /** Shows, in some stretches, what was to be seen earlier. */
  void substitute(int sample, int longest, int count, SplittableRandom random) {
    int offset = sample * frames;
    double[] before = new double[frames];
    System.arraycopy(moments, offset, before, 0, frames);
    for (int i = 0; i < count; i++) {
      int start = random.nextInt(frames);
      int length = 1 + random.nextInt(longest);
      int back = random.nextInt(start + 1);
      for (int frame = start; frame < Math.min(frames, start + length); frame++) {
        moments[offset + frame] = before[frame - back];
      }
    }
  }

  /** Index into all frames of the batch of the whole frame at or before each moment. */
  long[] earlier() {
    long[] index = new long[moments.length];
    for (int i = 0; i < index.length; i++) {
      index[i] = (long) (i / frames) * frames + (long) moments[i];
    }
    return index;
  }

  /** Index of the frame after {@link #earlier()}, or of the last one. */
  long[] later() {
    long[] index = earlier();
    for (int i = 0; i < index.length; i++) {
      index[i] = Math.min(index[i] + 1, (long) (i / frames) * frames + frames - 1);
    }
    return index;
  }

  /** Share of the later frame in each moment, from 0 to below 1. */
  float[] shares() {
    float[] shares = new float[moments.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (moments[i] - Math.floor(moments[i]));
    }
    return shares;
  }
}
