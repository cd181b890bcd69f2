package io.voxtag.embedder;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** UP when the model is loaded and the consumer group has given out the partitions. */
@Readiness
@ApplicationScoped
class EmbedderReadiness implements HealthCheck {

  private final EmbedderService service;

  EmbedderReadiness(EmbedderService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("embedder");
    if (!service.isEnabled()) {
      return response.withData("enabled", false).up().build();
    }
    service
        .embedder()
        .ifPresent(
            embedder -> {
              response
                  .withData("model", embedder.modelVersion())
                  .withData("loaded", String.join(", ", embedder.loadedVersions()))
                  .withData("partitions", embedder.partitions());
              embedder.modelProblem().ifPresent(text -> response.withData("problem", text));
            });
    return response.status(service.isReady()).build();
  }
}
