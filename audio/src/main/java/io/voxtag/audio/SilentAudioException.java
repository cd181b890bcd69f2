package io.voxtag.audio;

/** Samples too quiet for a level: digital silence, or below what the largest gain may lift. */
public final class SilentAudioException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public SilentAudioException(String message) {
    super(message);
  }
}
