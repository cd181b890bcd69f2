package io.voxtag.voiceprint.training;

import java.io.IOException;

/** A checkpoint does not belong to the run that is to go on from it. */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    super(message);
  }
}
