package io.voxtag.matcher.model;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Versions that cannot be used here. Of one on its way into service all are told that it is
 * rejected; of one in service they are not, as others may serve it. Thread-safe.
 */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private record Refusal(ModelVersion version, String reason, boolean published) {}

  private final Consumer<ModelVersion> writer;
  private final Clock clock;
  private final Map<String, Refusal> refusals = new HashMap<>();

  /**
   * @param writer writes states, or throws a {@link KafkaException}
   */
  Refusals(Consumer<ModelVersion> writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /** Remembers that a version as it is announced cannot be used. */
  synchronized void add(ModelVersion version, String reason) {
    refusals.put(version.getVersion(), new Refusal(version, reason, false));
    LOG.error(
        "Model version cannot be used, modelVersion={} status={} reason={}",
        version.getVersion(),
        version.getStatus(),
        reason);
  }

  /** Whether this very announcement was refused. */
  synchronized boolean has(ModelVersion version) {
    Refusal refusal = refusals.get(version.getVersion());
    return refusal != null && refusal.version().equals(version);
  }

  /** Forgets all but these announcements. */
  synchronized void retain(Collection<ModelVersion> versions) {
    refusals.values().removeIf(refusal -> !versions.contains(refusal.version()));
  }

  /** Says of refused versions on their way into service that they are rejected, once each. */
  synchronized void publish(ModelVersions now) {
    for (Refusal refusal : refusals.values()) {
      ModelVersion version = refusal.version();
      boolean stillUpcoming =
          now.named(version.getVersion()).filter(version::equals).isPresent()
              && ModelVersions.isUpcoming(version);
      if (!refusal.published() && stillUpcoming) {
        publish(refusal);
      }
    }
  }

  private void publish(Refusal refusal) {
    ModelVersion version = refusal.version();
    try {
      writer.accept(
          ModelVersions.changed(
              version,
              ModelStatus.REJECTED,
              "Matchers cannot use it: " + refusal.reason(),
              clock.instant()));
      // The key is there already, so that the map may change while it is gone through.
      refusals.put(version.getVersion(), new Refusal(version, refusal.reason(), true));
    } catch (KafkaException e) {
      LOG.warn(
          "A refusal is published later, modelVersion={} reason={}",
          version.getVersion(),
          e.toString());
    }
  }
}
