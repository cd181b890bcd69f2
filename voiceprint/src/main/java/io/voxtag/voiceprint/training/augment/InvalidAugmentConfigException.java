package io.voxtag.voiceprint.training.augment;

import java.io.IOException;

/** An augmentation file has an unknown, missing or wrong key. */
public final class InvalidAugmentConfigException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidAugmentConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
