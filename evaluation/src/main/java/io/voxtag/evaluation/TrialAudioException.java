package io.voxtag.evaluation;

import java.io.IOException;

/** A line of a list whose audio cannot be used. */
public final class TrialAudioException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrialAudioException(ListLine line, IOException cause) {
    super("%s: %s".formatted(line, Reasons.of(cause)), cause);
  }
}
