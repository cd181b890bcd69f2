package io.voxtag.standalone.evaluate;

import java.io.IOException;

/** A trial whose audio cannot be used. */
public final class TrialAudioException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrialAudioException(TrialList list, Trial trial, IOException cause) {
    super(
        "%s, line %d (%s %s): %s"
            .formatted(list.file(), trial.line(), trial.model(), trial.test(), Reasons.of(cause)),
        cause);
  }
}
