package io.voxtag.console.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.schemas.lifecycle.ModelVersions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model version as the page lists it.
 *
 * @param version its name
 * @param status where it stands
 * @param previous whether a rollback goes back to it
 * @param metrics error rates and the like
 * @param detail why it was rejected, and the like
 * @param at when that last changed, ms since the epoch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelView(
    String version,
    String status,
    boolean previous,
    Map<String, Double> metrics,
    @Nullable String detail,
    long at) {

  /** All versions, the last one that changed first. */
  public static List<ModelView> of(ModelVersions versions) {
    String previous = versions.previous().map(ModelVersion::getVersion).orElse("");
    List<ModelView> views = new ArrayList<>();
    for (ModelVersion version : versions.all()) {
      views.add(
          new ModelView(
              version.getVersion(),
              versions.statusOf(version.getVersion()).orElseThrow().name(),
              version.getVersion().equals(previous),
              version.getMetrics(),
              version.getDetail(),
              version.getAt().toEpochMilli()));
    }
    Collections.reverse(views);
    return views;
  }
}
