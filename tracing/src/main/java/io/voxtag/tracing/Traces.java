package io.voxtag.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The traces of this process. A trace begins with a chunk of audio that came over a socket; whoever
 * makes something of it goes on with it, by the header {@code traceparent} of the record (W3C Trace
 * Context). What is not followed has no such header, and costs nothing downstream. Thread-safe.
 *
 * <p>There is one for a process, as of a logger: services that share a process share its exporter.
 */
public final class Traces {

  private static final String TRACE_PARENT = "traceparent";
  private static final W3CTraceContextPropagator PROPAGATOR =
      W3CTraceContextPropagator.getInstance();
  private static final TextMapGetter<Headers> HEADERS = new HeaderGetter();

  private static volatile @Nullable OpenTelemetry telemetry;

  private Traces() {}

  /**
   * Turns tracing on where the settings say so; the first service of a process decides.
   *
   * @param service name of the service, {@code ingest} for example
   * @throws IllegalArgumentException if the share is no share
   */
  public static synchronized void configure(TracingSettings settings, String service) {
    double ratio = settings.sampleRatio();
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException(
          "voxtag.tracing.sample-ratio is %s; must be from 0 to 1".formatted(ratio));
    }
    if (settings.enabled() && telemetry == null) {
      // The environment wins over these.
      Map<String, String> defaults =
          Map.of(
              "otel.service.name", settings.serviceName().orElse("voxtag-" + service),
              "otel.traces.sampler", "parentbased_traceidratio",
              "otel.traces.sampler.arg", Double.toString(ratio),
              "otel.exporter.otlp.protocol", "http/protobuf",
              "otel.metrics.exporter", "none",
              "otel.logs.exporter", "none");
      telemetry =
          AutoConfiguredOpenTelemetrySdk.builder()
              .addPropertiesSupplier(() -> defaults)
              .build()
              .getOpenTelemetrySdk();
    }
  }

  /** Takes another one, or none. */
  static void use(@Nullable OpenTelemetry other) {
    telemetry = other;
  }

  /**
   * Begins a trace. Whether it is followed is decided here, for all who go on with it.
   *
   * @param scope who does it, {@code ingest} for example
   */
  public static Span begin(String scope, String name, SpanKind kind) {
    OpenTelemetry active = telemetry;
    return active == null
        ? Span.getInvalid()
        : active
            .getTracer("io.voxtag." + scope)
            .spanBuilder(name)
            .setNoParent()
            .setSpanKind(kind)
            .startSpan();
  }

  /** Goes on with the trace of the current context, if it is followed. */
  public static Span next(String scope, String name, SpanKind kind) {
    return next(scope, name, kind, Context.current());
  }

  /** Goes on with the trace of a record that came with these headers, if it is followed. */
  public static Span next(String scope, String name, SpanKind kind, Headers headers) {
    return next(scope, name, kind, extract(headers));
  }

  private static Span next(String scope, String name, SpanKind kind, Context parent) {
    OpenTelemetry active = telemetry;
    return active == null || !Span.fromContext(parent).getSpanContext().isSampled()
        ? Span.getInvalid()
        : active
            .getTracer("io.voxtag." + scope)
            .spanBuilder(name)
            .setParent(parent)
            .setSpanKind(kind)
            .startSpan();
  }

  /** The context that came with a record; the empty one where none did. */
  public static Context extract(Headers headers) {
    return telemetry == null || headers.lastHeader(TRACE_PARENT) == null
        ? Context.root()
        : PROPAGATOR.extract(Context.root(), headers, HEADERS);
  }

  /** Puts a span into the headers of a record, in place of the one before, if it is followed. */
  public static void inject(Span span, Headers headers) {
    if (span.getSpanContext().isSampled()) {
      PROPAGATOR.inject(
          Context.root().with(span),
          headers,
          (to, name, value) -> {
            if (to != null) {
              to.remove(name);
              to.add(name, value.getBytes(StandardCharsets.UTF_8));
            }
          });
    }
  }

  /** Ends a span that failed. */
  public static void fail(Span span, Throwable reason) {
    span.recordException(reason);
    span.setStatus(StatusCode.ERROR);
    span.end();
  }

  private static final class HeaderGetter implements TextMapGetter<Headers> {

    @Override
    public Iterable<String> keys(Headers headers) {
      List<String> names = new ArrayList<>();
      headers.forEach(header -> names.add(header.key()));
      return names;
    }

    @Override
    public @Nullable String get(@Nullable Headers headers, String name) {
      Header header = headers == null ? null : headers.lastHeader(name);
      return header == null || header.value() == null
          ? null
          : new String(header.value(), StandardCharsets.UTF_8);
    }
  }
}
