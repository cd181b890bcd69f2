package io.voxtag.audio;

import java.time.Duration;

/**
 * A decoded file: one or more channels of equal length. The arrays are not copied.
 *
 * @param channels samples, [channels, frames], full scale -1 to 1
 * @param sampleRate samples a second, Hz, 4000 to 192000
 */
@SuppressWarnings(
    "ArrayRecordComponent") // copies of long recordings would cost more than they save
public record Recording(float[][] channels, int sampleRate) {

  public Recording {
    if (channels.length == 0) {
      throw new IllegalArgumentException("a recording has at least one channel");
    }
    for (float[] channel : channels) {
      if (channel.length != channels[0].length) {
        throw new IllegalArgumentException(
            "channels of %d and %d samples, must be equally long"
                .formatted(channels[0].length, channel.length));
      }
    }
  }

  public int channelCount() {
    return channels.length;
  }

  /** Samples of each channel. */
  public int frames() {
    return channels[0].length;
  }

  public Duration duration() {
    return Duration.ofNanos(Math.round(frames() * 1e9 / sampleRate));
  }

  /** One channel, from 0. */
  public Pcm channel(int index) {
    return new Pcm(channels[index], sampleRate);
  }

  /** The mean of all channels. */
  public Pcm mono() {
    if (channels.length == 1) {
      return channel(0);
    }
    float[] mean = new float[frames()];
    for (float[] channel : channels) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += channel[i];
      }
    }
    float scale = 1f / channels.length;
    for (int i = 0; i < mean.length; i++) {
      mean[i] *= scale;
    }
    return new Pcm(mean, sampleRate);
  }
}
