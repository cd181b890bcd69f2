package io.voxtag.standalone.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voxtag.schemas.event.ModelStatus;
import io.voxtag.schemas.event.ModelVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model version as JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelVersionView(
    String version,
    String status,
    String at,
    @Nullable String detail,
    Map<String, Double> metrics,
    String bundleUri,
    String bundleSha256) {

  /**
   * @param status where it stands, which its last record alone may not say
   */
  static ModelVersionView of(ModelVersion version, ModelStatus status) {
    return new ModelVersionView(
        version.getVersion(),
        status.name(),
        version.getAt().toString(),
        version.getDetail(),
        version.getMetrics(),
        version.getBundleUri(),
        version.getBundleSha256());
  }
}
