package io.voxtag.voiceprint.training.config;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A training configuration has an unknown, missing or wrong key. */
public final class InvalidConfigException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message with the file, the key, its value and what would be right
   */
  public InvalidConfigException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
