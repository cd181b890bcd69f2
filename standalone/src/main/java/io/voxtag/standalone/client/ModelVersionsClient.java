package io.voxtag.standalone.client;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.schemas.lifecycle.ModelVersionsFollower;
import io.voxtag.schemas.lifecycle.ModelVersionsWriter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sees which model versions there are, and changes which one is in service. Thread-safe. */
public final class ModelVersionsClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ModelVersionsFollower follower;
  private final ModelVersionsWriter writer;

  /** Connects. */
  public ModelVersionsClient(KafkaSettings kafka) {
    follower = new ModelVersionsFollower(kafka, changed -> {});
    writer = new ModelVersionsWriter(kafka);
    follower.start();
  }

  /**
   * All versions as they are now.
   *
   * @throws ModelVersionsUnavailableException if Kafka does not say in time
   */
  public ModelVersions current() throws InterruptedException {
    if (!follower.awaitCurrent(PATIENCE)) {
      throw new ModelVersionsUnavailableException(PATIENCE);
    }
    return follower.current();
  }

  /** Puts a version into service: complete with one record. */
  public void promote(ModelVersion version, @Nullable String detail) {
    write(version, ModelStatus.ACTIVE, detail);
  }

  /** Announces a new version, which embedders and matchers then get ready for. */
  public void announce(ModelVersion version) {
    write(version, ModelStatus.CANDIDATE, version.getDetail());
  }

  private void write(ModelVersion version, ModelStatus status, @Nullable String detail) {
    writer.write(ModelVersions.changed(version, status, detail, Instant.now()));
  }

  @Override
  public void close() {
    follower.close();
    writer.close();
  }
}
