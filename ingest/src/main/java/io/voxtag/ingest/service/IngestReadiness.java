package io.voxtag.ingest.service;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the producer has a connection to a broker. */
@Readiness
public class IngestReadiness implements HealthCheck {

  private final IngestService service;

  IngestReadiness(IngestService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("ingest: connected to Kafka")
        .status(!service.isEnabled() || service.isReady())
        .build();
  }
}
