package io.voxtag.trainer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** The checks of the trainer: it is ready once it reads its topics, and alive while it does. */
@ApplicationScoped
class TrainerHealth {

  private final TrainerService service;

  TrainerHealth(TrainerService service) {
    this.service = service;
  }

  @Produces
  @Readiness
  HealthCheck readiness() {
    return () -> {
      HealthCheckResponseBuilder response = HealthCheckResponse.named("trainer");
      if (!service.isEnabled()) {
        return response.withData("enabled", false).up().build();
      }
      service
          .trainer()
          .flatMap(Trainer::problem)
          .ifPresent(problem -> response.withData("problem", problem));
      return response.status(service.isReady()).build();
    };
  }

  @Produces
  @Liveness
  HealthCheck liveness() {
    return () ->
        HealthCheckResponse.named("trainer-loops")
            .status(
                service.failure().isEmpty() && service.trainer().map(Trainer::isAlive).orElse(true))
            .build();
  }
}
