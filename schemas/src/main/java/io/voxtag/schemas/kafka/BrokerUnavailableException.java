package io.voxtag.schemas.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** No broker answered within the time to wait for one at start. */
public final class BrokerUnavailableException extends RuntimeException {

  BrokerUnavailableException(String bootstrapServers, Duration waited, @Nullable Throwable cause) {
    super(
        "No Kafka broker answered at "
            + bootstrapServers
            + " within "
            + waited.toSeconds()
            + " s. Start one there, or set voxtag.kafka.bootstrap-servers to where it is"
            + " (voxtag.kafka.start-timeout waits longer).",
        cause);
  }
}
