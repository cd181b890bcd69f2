package io.voxtag.audio;

import io.voxtag.audio.io.SampleBuffer;
import java.time.Duration;

/**
 * One channel of samples. The array is not copied: whoever hands it over leaves it alone.
 *
 * @param samples full scale is -1 to 1; float sources may exceed it a little
 * @param sampleRate samples a second, Hz, 4000 to 192000
 */
@SuppressWarnings(
    "ArrayRecordComponent") // copies of long recordings would cost more than they save
public record Pcm(float[] samples, int sampleRate) {

  public Pcm {
    if (sampleRate < SampleBuffer.MIN_RATE || sampleRate > SampleBuffer.MAX_RATE) {
      throw new IllegalArgumentException(
          "sample rate %d Hz, must be from %d to %d"
              .formatted(sampleRate, SampleBuffer.MIN_RATE, SampleBuffer.MAX_RATE));
    }
  }

  public Duration duration() {
    return Duration.ofNanos(Math.round(samples.length * 1e9 / sampleRate));
  }

  /** The same audio at {@code rate} Hz; itself where that is its rate already. */
  public Pcm resampled(int rate) {
    return rate == sampleRate ? this : new Pcm(Resampler.resample(samples, sampleRate, rate), rate);
  }
}
