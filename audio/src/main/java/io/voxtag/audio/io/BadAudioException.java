package io.voxtag.audio.io;

/**
 * Input that is not audio which this project reads: wrong format, impossible values, over a limit.
 */
public class BadAudioException extends Exception {

  public BadAudioException(String message) {
    super(message);
  }

  public BadAudioException(String message, Throwable cause) {
    super(message, cause);
  }
}
