package io.voxtag.matcher;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive unless an application has stopped for good after repeated failures. */
@Liveness
@ApplicationScoped
public class MatcherLiveness implements HealthCheck {

  private final MatcherService service;

  MatcherLiveness(MatcherService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("matcher")
        .status(
            service.failure().isEmpty()
                && service.matcher().map(matcher -> !matcher.hasFailed()).orElse(true))
        .build();
  }
}
