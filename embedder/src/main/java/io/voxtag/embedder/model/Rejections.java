package io.voxtag.embedder.model;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Answers versions that are refused. */
final class Rejections {

  private static final Duration READ = Duration.ofSeconds(10);

  private final VersionsTopic topic;

  Rejections(VersionsTopic topic) {
    this.topic = topic;
  }

  /**
   * Writes REJECTED with the reason, where the version is still on its way into service with the
   * same bundle: nothing that was promoted or taken back meanwhile, or that another embedder has
   * answered.
   *
   * @throws KafkaException if Kafka fails: trying again may help
   */
  void reject(ModelVersion record, String reason) throws InterruptedException {
    if (!topic.awaitCurrent(READ)) {
      throw new KafkaException("model-versions cannot be read to its end");
    }
    Optional<ModelVersion> now = topic.current().named(record.getVersion());
    if (now.filter(found -> ModelVersions.isUpcoming(found) && isSameBundle(found, record))
        .isPresent()) {
      topic.write(ModelVersions.changed(now.get(), ModelStatus.REJECTED, reason, Instant.now()));
    }
  }

  private static boolean isSameBundle(ModelVersion one, ModelVersion other) {
    return one.getBundleSha256().equals(other.getBundleSha256())
        && one.getBundleUri().equals(other.getBundleUri());
  }
}
