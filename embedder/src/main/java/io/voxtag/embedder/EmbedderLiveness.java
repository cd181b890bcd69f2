package io.voxtag.embedder;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** DOWN when a loop of the embedder has ended or hangs. */
@Liveness
@ApplicationScoped
class EmbedderLiveness implements HealthCheck {

  private final EmbedderService service;

  EmbedderLiveness(EmbedderService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("embedder-loops");
    service.failure().ifPresent(cause -> response.withData("failure", cause.toString()));
    boolean alive =
        service.failure().isEmpty() && service.embedder().map(Embedder::isAlive).orElse(true);
    return response.status(alive).build();
  }
}
