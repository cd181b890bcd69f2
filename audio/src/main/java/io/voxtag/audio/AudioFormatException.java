package io.voxtag.audio;

import java.io.IOException;

/**
 * Audio that cannot be used: not a known format, truncated, corrupt, over a limit, or with
 * impossible values. The message names the input, what is wrong and what would be right.
 */
public class AudioFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  public AudioFormatException(String input, String problem) {
    super(input + ": " + problem);
  }

  public AudioFormatException(String input, String problem, Throwable cause) {
    super(input + ": " + problem, cause);
  }
}
