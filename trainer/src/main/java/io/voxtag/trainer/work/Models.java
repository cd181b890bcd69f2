package io.voxtag.trainer.work;

import io.voxtag.modelstore.BundleRefusedException;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.StoredBundle;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.schemas.lifecycle.ModelVersionsFollower;
import io.voxtag.schemas.lifecycle.ModelVersionsWriter;
import io.voxtag.trainer.run.RunRefusedException;
import io.voxtag.voiceprint.bundle.BundleFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the model: what is in service, bundles by version, and the publishing of new
 * ones. Thread-safe.
 */
public final class Models {

  private final ModelVersionsFollower versions;
  private final ModelVersionsWriter writer;
  private final ModelStore store;
  private final Clock clock;

  /**
   * @param versions stays the caller's to close, like the others
   */
  public Models(
      ModelVersionsFollower versions, ModelVersionsWriter writer, ModelStore store, Clock clock) {
    this.versions = versions;
    this.writer = writer;
    this.store = store;
    this.clock = clock;
  }

  /** All versions as they are known now. */
  public ModelVersions current() {
    return versions.current();
  }

  /**
   * The bundle of a version.
   *
   * @throws RunRefusedException if nobody has published it, or its bundle is refused
   * @throws IOException if the store fails
   */
  public Path bundle(String version) throws RunRefusedException, IOException {
    ModelVersions known = versions.current();
    ModelVersion found =
        known
            .named(version)
            .orElseThrow(
                () ->
                    new RunRefusedException(
                        "base version %s is not known; known are %s"
                            .formatted(
                                version,
                                known.all().stream().map(ModelVersion::getVersion).toList())));
    try {
      return store.fetch(URI.create(found.getBundleUri()), found.getBundleSha256());
    } catch (BundleRefusedException e) {
      throw new RunRefusedException(
          "the bundle of version %s cannot be used: %s".formatted(version, e.getMessage()));
    }
  }

  /**
   * Stores a bundle and announces it.
   *
   * @param bundle folder or zip
   * @param detail the reason where it is rejected, otherwise null
   * @throws IOException if the store fails, for example because the disk is full
   */
  public ModelVersion publish(
      Path bundle, ModelStatus status, Map<String, Double> metrics, @Nullable String detail)
      throws IOException {
    StoredBundle stored;
    try (BundleFolder folder = BundleFolder.of(bundle)) {
      stored = store.put(folder.path());
    }
    ModelVersion state =
        ModelVersion.newBuilder()
            .setVersion(stored.version())
            .setStatus(status)
            .setBundleUri(stored.uri().toString())
            .setBundleSha256(stored.sha256())
            .setMetrics(metrics)
            .setDetail(detail)
            .setAt(clock.instant())
            .build();
    writer.write(state);
    return state;
  }

  /** Announces another state of a version. */
  public void change(ModelVersion version, ModelStatus status, @Nullable String detail) {
    writer.write(ModelVersions.changed(version, status, detail, clock.instant()));
  }
}
