package io.voxtag.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * Settings of tracing; the configuration keys begin with {@code voxtag.tracing}. Where traces go
 * and how, the variables of OpenTelemetry say, {@code OTEL_EXPORTER_OTLP_ENDPOINT} and so on.
 */
@ConfigMapping(prefix = "voxtag.tracing")
public interface TracingSettings {

  /** {@code enabled}: whether windows are followed. Off by default. */
  @WithDefault("false")
  boolean enabled();

  /**
   * {@code sample-ratio}: the share of chunks of audio that are followed, 0 to 1; {@code
   * OTEL_TRACES_SAMPLER} wins over it. 0.01 by default, a window in a hundred.
   */
  @WithDefault("0.01")
  double sampleRatio();

  /** {@code service-name}: in place of {@code voxtag-} and the service's own name. */
  Optional<String> serviceName();
}
