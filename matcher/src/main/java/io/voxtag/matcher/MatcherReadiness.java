package io.voxtag.matcher;

import io.voxtag.matcher.streams.StreamsRunner;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while both applications run. A Redis that is away does not count: matching goes on from
 * memory, and the data say so.
 */
@Readiness
@ApplicationScoped
public class MatcherReadiness implements HealthCheck {

  private final MatcherService service;

  MatcherReadiness(MatcherService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("matcher");
    return service
        .matcher()
        .map(matcher -> describe(matcher, response))
        .orElseGet(() -> response.down().withData("state", "STARTING").build());
  }

  private static HealthCheckResponse describe(
      Matcher matcher, HealthCheckResponseBuilder response) {
    for (StreamsRunner runner : matcher.applications()) {
      response.withData(runner.applicationId(), runner.state().name());
    }
    return response
        .status(matcher.isRunning())
        .withData("model", matcher.activeVersion())
        .withData("loaded", String.join(", ", matcher.loaded().keySet()))
        .withData("redis", matcher.isRedisUp() ? "UP" : "AWAY, matching from memory")
        .withData("speakers", matcher.models().active().voiceprints().size())
        .withData("registryVersion", matcher.models().active().voiceprints().version())
        .withData("pendingEnrollments", matcher.pendingEnrollments())
        .build();
  }
}
