package io.voxtag.voiceprint.importing.pytorch;

import java.io.IOException;

/**
 * A checkpoint file that is refused. The message names the file, what is wrong and what would be
 * right. A failing disk is an ordinary {@link IOException} instead.
 */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  CheckpointException(String source, String detail) {
    super(source + ": " + detail);
  }

  CheckpointException(String source, String detail, Throwable cause) {
    super(source + ": " + detail, cause);
  }
}
