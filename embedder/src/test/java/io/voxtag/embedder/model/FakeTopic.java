package io.voxtag.embedder.model;

import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.TimeoutException;

/** {@code model-versions} in memory. Whoever writes tells the listener. */
final class FakeTopic implements VersionsTopic {

  private ModelVersions versions = ModelVersions.NONE;
  private Consumer<ModelVersions> listener = now -> {};
  private int failures;
  private boolean closed;

  FakeTopic listen(Consumer<ModelVersions> to) {
    listener = to;
    return this;
  }

  void put(String version, ModelStatus status) {
    put(version, status, "sha-" + version);
  }

  void put(String version, ModelStatus status, String sha256) {
    write(
        ModelVersion.newBuilder()
            .setVersion(version)
            .setStatus(status)
            .setBundleUri("file:///store/" + version)
            .setBundleSha256(sha256)
            .setAt(Instant.now())
            .build());
  }

  /** The next so many rejections are not taken. */
  synchronized void failRejections(int count) {
    failures = count;
  }

  synchronized int failuresLeft() {
    return failures;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized ModelVersions current() {
    return versions;
  }

  @Override
  public boolean awaitCurrent(Duration timeout) {
    return true;
  }

  @Override
  public void write(ModelVersion state) {
    ModelVersions now;
    synchronized (this) {
      if (failures > 0 && state.getStatus() == ModelStatus.REJECTED) {
        failures--;
        throw new TimeoutException("no leader");
      }
      versions = versions.with(state.getVersion(), state);
      now = versions;
    }
    listener.accept(now);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
