package io.voxtag.audio.io;

/**
 * Audio that began well and then was truncated or corrupt. What was decoded before the damage is in
 * the {@link SampleBuffer} and may be kept.
 */
public final class DamagedAudioException extends BadAudioException {

  public DamagedAudioException(String message) {
    super(message);
  }

  public DamagedAudioException(String message, Throwable cause) {
    super(message, cause);
  }
}
