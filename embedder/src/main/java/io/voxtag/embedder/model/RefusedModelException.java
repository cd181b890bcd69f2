package io.voxtag.embedder.model;

import java.io.IOException;

/** A version that must not or cannot be used. Trying again does not help. */
final class RefusedModelException extends IOException {

  private static final long serialVersionUID = 1L;

  RefusedModelException(String reason, Throwable cause) {
    super(reason, cause);
  }

  RefusedModelException(String reason) {
    super(reason);
  }

  /** The reason in words. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
