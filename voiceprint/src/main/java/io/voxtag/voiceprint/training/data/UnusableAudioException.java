package io.voxtag.voiceprint.training.data;

import java.io.IOException;
import java.nio.file.Path;

/** A recording that training can do nothing with. The message names the file and the reason. */
public final class UnusableAudioException extends IOException {

  private static final long serialVersionUID = 1L;

  UnusableAudioException(String message, Throwable cause) {
    super(message, cause);
  }

  UnusableAudioException(Path file, String reason) {
    super(file + ": " + reason);
  }
}
