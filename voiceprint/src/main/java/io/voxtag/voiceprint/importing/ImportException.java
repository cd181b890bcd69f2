package io.voxtag.voiceprint.importing;

import java.io.IOException;

/**
 * A checkpoint that was read but is of no network that is known here, or does not fit it. The
 * message says what is missing, left over or of another shape.
 */
public final class ImportException extends IOException {
  private static final long serialVersionUID = 1L;

  ImportException(String message) {
    super(message);
  }

  ImportException(String message, Throwable cause) {
    super(message, cause);
  }
}
