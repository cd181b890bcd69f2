package io.voxtag.audio;

import java.time.Duration;

/**
 * How much audio one input may hold. Memory is bounded by {@code maxSamples}, 4 bytes each,
 * whatever the file claims or unpacks to.
 *
 * @param maxBytes largest file, bytes
 * @param maxDuration longest recording
 * @param maxChannels most channels
 * @param maxSamples most samples, all channels together
 */
public record AudioLimits(long maxBytes, Duration maxDuration, int maxChannels, long maxSamples) {

  /**
   * 512 MiB, 4 hours, 16 channels, 2^28 samples (one hour of stereo at 37 kHz; 1 GiB of floats).
   */
  public static final AudioLimits DEFAULT =
      new AudioLimits(512L << 20, Duration.ofHours(4), 16, 1L << 28);

  public AudioLimits {
    if (maxBytes < 1 || maxChannels < 1 || maxSamples < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: maxBytes %d, maxChannels %d, maxSamples %d"
              .formatted(maxBytes, maxChannels, maxSamples));
    }
    if (maxDuration.isNegative() || maxDuration.isZero()) {
      throw new IllegalArgumentException("maxDuration must be positive: " + maxDuration);
    }
  }

  /** The defaults with another longest duration. */
  public AudioLimits withMaxDuration(Duration duration) {
    return new AudioLimits(maxBytes, duration, maxChannels, maxSamples);
  }

  /** The defaults with another largest file, bytes. */
  public AudioLimits withMaxBytes(long bytes) {
    return new AudioLimits(bytes, maxDuration, maxChannels, maxSamples);
  }
}
