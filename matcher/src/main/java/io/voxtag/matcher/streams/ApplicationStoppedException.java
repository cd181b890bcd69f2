package io.voxtag.matcher.streams;

import org.jspecify.annotations.Nullable;

/** A Kafka Streams application has stopped for good. The cause is what failed last. */
public final class ApplicationStoppedException extends RuntimeException {

  ApplicationStoppedException(String applicationId, @Nullable Throwable cause) {
    super("application " + applicationId + " has stopped after repeated failures", cause);
  }
}
