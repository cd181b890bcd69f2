package io.voxtag.console.service;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while tags are followed, and while Kafka is waited for at start. */
@Liveness
public class ConsoleLiveness implements HealthCheck {

  private final ConsoleService service;

  ConsoleLiveness(ConsoleService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("console: tags are followed")
        .status(
            !service.hasFailed() && service.parts().map(parts -> parts.tags.isAlive()).orElse(true))
        .build();
  }
}
