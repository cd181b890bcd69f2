package io.voxtag.embedded;

import java.nio.file.Path;

/** The broker did not start for a reason other than its port or its folder's owner. */
public final class KafkaStartException extends EmbeddedServerException {

  KafkaStartException(Path folder, String reason, Throwable cause) {
    super("Kafka did not start on " + folder + ": " + reason, cause);
  }

  KafkaStartException(Path folder, String reason) {
    super("Kafka did not start on " + folder + ": " + reason);
  }
}
