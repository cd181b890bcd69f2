package io.voxtag.standalone.client;

import java.time.Duration;

/** Kafka does not say which model versions there are. */
public final class ModelVersionsUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ModelVersionsUnavailableException(Duration patience) {
    super(
        "Kafka did not say within %d s which model versions there are"
            .formatted(patience.toSeconds()));
  }
}
