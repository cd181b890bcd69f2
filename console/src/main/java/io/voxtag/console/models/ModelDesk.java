package io.voxtag.console.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voxtag.console.web.RequestException;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.kafka.KafkaSettings;
import io.voxtag.schemas.lifecycle.ModelVersions;
import io.voxtag.schemas.lifecycle.ModelVersionsFollower;
import io.voxtag.schemas.lifecycle.ModelVersionsWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows model versions and puts one into service, as {@code voxtag models} does. Thread-safe. */
public final class ModelDesk implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ModelVersionsFollower follower;
  private final ModelVersionsWriter writer;

  /**
   * A version as the page sees it.
   *
   * @param status where it stands, which its last record alone may not say
   * @param at since when, milliseconds since the epoch
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VersionView(
      String version,
      String status,
      long at,
      @Nullable String detail,
      Map<String, Double> metrics,
      String bundleUri,
      String bundleSha256) {}

  /**
   * All versions.
   *
   * @param previous what a rollback would go back to; null where there is nothing
   * @param versions the last changed first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VersionsView(@Nullable String previous, List<VersionView> versions) {}

  /**
   * @param listener told whenever something changed
   */
  public ModelDesk(KafkaSettings kafka, Runnable listener) {
    this.follower = new ModelVersionsFollower(kafka, changed -> listener.run());
    this.writer = new ModelVersionsWriter(kafka);
  }

  /** Starts to follow. */
  public void start() {
    follower.start();
  }

  /** What is known now. */
  public VersionsView versions() {
    ModelVersions versions = follower.current();
    List<VersionView> views = new ArrayList<>();
    for (ModelVersion version : versions.all()) {
      ModelStatus status = versions.statusOf(version.getVersion()).orElseThrow();
      views.add(
          new VersionView(
              version.getVersion(),
              status.name(),
              version.getAt().toEpochMilli(),
              version.getDetail(),
              version.getMetrics(),
              version.getBundleUri(),
              version.getBundleSha256()));
    }
    Collections.reverse(views);
    return new VersionsView(
        versions.previous().map(ModelVersion::getVersion).orElse(null), List.copyOf(views));
  }

  /**
   * Puts a version into service.
   *
   * @param force also one that was rejected, or that not all speakers are enrolled under yet
   * @throws RequestException if there is no such version or it is not fit
   */
  public void promote(String version, boolean force) throws InterruptedException {
    ModelVersions versions = current();
    ModelVersion found =
        versions
            .named(version)
            .orElseThrow(() -> RequestException.missing("There is no model version " + version));
    ModelStatus status = versions.statusOf(version).orElseThrow();
    if (status == ModelStatus.ACTIVE) {
      throw RequestException.conflict(version + " is in service already");
    }
    if (!force && status != ModelStatus.READY && status != ModelStatus.RETIRED) {
      throw RequestException.conflict(
          "%s is %s, not READY%s"
              .formatted(
                  version,
                  status,
                  status == ModelStatus.CANDIDATE
                      ? ": not all speakers are enrolled under it yet"
                      : ""));
    }
    write(found, null);
  }

  /**
   * Puts the version back into service that was there before.
   *
   * @return that version
   * @throws RequestException if there is none
   */
  public String rollback() throws InterruptedException {
    ModelVersions versions = current();
    ModelVersion previous =
        versions
            .previous()
            .orElseThrow(
                () -> RequestException.conflict("No other model version was in service before"));
    String replaced =
        versions.active().map(ModelVersion::getVersion).orElse("the configured model");
    write(previous, "rolled back from " + replaced);
    return previous.getVersion();
  }

  private ModelVersions current() throws InterruptedException {
    if (!follower.awaitCurrent(PATIENCE)) {
      throw RequestException.unavailable(
          "Kafka did not say within %d s which model versions there are"
              .formatted(PATIENCE.toSeconds()));
    }
    return follower.current();
  }

  private void write(ModelVersion version, @Nullable String detail) {
    writer.write(
        ModelVersion.newBuilder()
            .setVersion(version.getVersion())
            .setStatus(ModelStatus.ACTIVE)
            .setBundleUri(version.getBundleUri())
            .setBundleSha256(version.getBundleSha256())
            .setMetrics(version.getMetrics())
            .setDetail(detail)
            .setAt(Instant.now())
            .build());
  }

  @Override
  public void close() {
    follower.close();
    writer.close();
  }
}
