package io.voxtag.audio.io;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the decoded samples of a file, channel by channel, and refuses more than its limits. It
 * grows by what was really decoded, never by what a header promises. Not thread-safe.
 */
public final class SampleBuffer {

  /** Lowest sample rate that is read, Hz. */
  public static final int MIN_RATE = 4_000;

  /** Highest sample rate that is read, Hz. */
  public static final int MAX_RATE = 192_000;

  private static final int BLOCK = 1 << 15;

  private final Duration maxDuration;
  private final int maxChannels;
  private final long maxSamples;
  private final List<float[][]> blocks = new ArrayList<>();
  private int channels;
  private int sampleRate;
  private long frames;
  private long maxFrames;
  private int used = BLOCK;

  /**
   * @param maxDuration longest recording
   * @param maxChannels most channels
   * @param maxSamples most samples, all channels together
   */
  public SampleBuffer(Duration maxDuration, int maxChannels, long maxSamples) {
    this.maxDuration = maxDuration;
    this.maxChannels = maxChannels;
    this.maxSamples = maxSamples;
  }

  /** Says what follows; refuses a rate or a number of channels that cannot be audio. */
  public void begin(int channelCount, long rate) throws BadAudioException {
    if (rate < MIN_RATE || rate > MAX_RATE) {
      throw new BadAudioException(
          "sample rate %d Hz, must be from %d to %d".formatted(rate, MIN_RATE, MAX_RATE));
    }
    if (channelCount < 1) {
      throw new BadAudioException("no channels, must be 1 or more");
    }
    if (channelCount > maxChannels) {
      throw new BadAudioException(
          "%d channels, the limit is %d".formatted(channelCount, maxChannels));
    }
    if (channels != 0 && (channels != channelCount || sampleRate != rate)) {
      throw new BadAudioException(
          "changes from %d channels at %d Hz to %d channels at %d Hz"
              .formatted(channels, sampleRate, channelCount, rate));
    }
    channels = channelCount;
    sampleRate = (int) rate;
    maxFrames =
        Math.min(
            maxSamples / channelCount,
            (long) Math.min(maxDuration.toMillis() / 1e3 * rate, Integer.MAX_VALUE - 16));
  }

  /** Appends {@code count} samples of every channel; {@code block} is [channels, samples]. */
  public void append(float[][] block, int offset, int count) throws BadAudioException {
    if (frames + count > maxFrames) {
      throw new BadAudioException(
          "longer than the limit of %s, %d samples".formatted(maxDuration, maxSamples));
    }
    int from = offset;
    int left = count;
    while (left > 0) {
      if (used == BLOCK) {
        blocks.add(new float[channels][BLOCK]);
        used = 0;
      }
      int part = Math.min(left, BLOCK - used);
      float[][] last = blocks.get(blocks.size() - 1);
      for (int c = 0; c < channels; c++) {
        System.arraycopy(block[c], from, last[c], used, part);
      }
      used += part;
      from += part;
      left -= part;
    }
    frames += count;
  }

  /** Drops what lies beyond the first {@code count} samples of each channel, if anything. */
  public void truncate(long count) {
    if (count >= frames) {
      return;
    }
    frames = Math.max(0, count);
    int kept = (int) ((frames + BLOCK - 1) / BLOCK);
    blocks.subList(kept, blocks.size()).clear();
    used = (int) (frames - (kept - 1L) * BLOCK);
  }

  public int channels() {
    return channels;
  }

  public int sampleRate() {
    return sampleRate;
  }

  /** Samples of each channel so far. */
  public long frames() {
    return frames;
  }

  /** Hands the samples over as [channels, frames]; the buffer is empty afterwards. */
  public float[][] take() {
    float[][] all = new float[channels][(int) frames];
    int at = 0;
    for (int b = 0; b < blocks.size() && at < frames; b++) {
      int part = (int) Math.min(BLOCK, frames - at);
      for (int c = 0; c < channels; c++) {
        System.arraycopy(blocks.get(b)[c], 0, all[c], at, part);
      }
      at += part;
    }
    blocks.clear();
    frames = 0;
    used = BLOCK;
    return all;
  }
}
