package io.voxtag.ingest.service;

import io.voxtag.ingest.publish.CallAudioPublisher;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the thread that sends chunks is, and while Kafka is waited for at start. */
@Liveness
public class IngestLiveness implements HealthCheck {

  private final IngestService service;

  IngestLiveness(IngestService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("ingest: chunks are sent")
        .status(
            !service.hasFailed()
                && service.publisher().map(CallAudioPublisher::isAlive).orElse(true))
        .build();
  }
}
