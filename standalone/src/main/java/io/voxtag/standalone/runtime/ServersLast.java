package io.voxtag.standalone.runtime;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Stops Redis and Kafka after the services. On Ctrl-C the JVM ends as soon as Quarkus has stopped,
 * so that it must happen before that.
 */
@ApplicationScoped
class ServersLast {

  private static final int AFTER_ALL_SERVICES = 100_000;

  void stop(@Observes @Priority(AFTER_ALL_SERVICES) ShutdownEvent event) {
    if (Standalone.isRunning()) {
      Standalone.current().end();
    }
  }
}
