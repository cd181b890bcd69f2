package io.voxtag.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The console is ready while it reads the tags. */
@ApplicationScoped
class ConsoleHealth {

  private final ConsoleService service;

  ConsoleHealth(ConsoleService service) {
    this.service = service;
  }

  @Produces
  @Readiness
  HealthCheck readiness() {
    return () ->
        service.isEnabled()
            ? HealthCheckResponse.named("console")
                .status(service.running().map(running -> running.feeds().isReading()).orElse(false))
                .build()
            : HealthCheckResponse.named("console").withData("enabled", false).up().build();
  }
}
