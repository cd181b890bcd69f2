package io.voxtag.console.service;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when all tags are known that Kafka has. */
@Readiness
public class ConsoleReadiness implements HealthCheck {

  private final ConsoleService service;

  ConsoleReadiness(ConsoleService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("console: tags are known")
        .status(
            !service.isEnabled()
                || service.parts().filter(parts -> parts.tags.isCurrent()).isPresent())
        .build();
  }
}
