package io.voxtag.embedder.model;

import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.schemas.lifecycle.ModelVersionsFollower;
import io.voxtag.schemas.lifecycle.ModelVersionsWriter;
import java.time.Duration;
import java.util.function.Consumer;

/** The topic itself. */
final class KafkaVersionsTopic implements VersionsTopic {

  private final ModelVersionsFollower follower;
  private final ModelVersionsWriter writer;

  /**
   * Begins to follow.
   *
   * @param listener told of every change by the thread that follows
   */
  KafkaVersionsTopic(KafkaSettings kafka, Consumer<ModelVersions> listener) {
    writer = new ModelVersionsWriter(kafka);
    follower = new ModelVersionsFollower(kafka, listener);
    follower.start();
  }

  @Override
  public ModelVersions current() {
    return follower.current();
  }

  @Override
  public boolean awaitCurrent(Duration timeout) throws InterruptedException {
    return follower.awaitCurrent(timeout);
  }

  @Override
  public void write(ModelVersion state) {
    writer.write(state);
  }

  @Override
  public void close() {
    follower.close();
    writer.close();
  }
}
