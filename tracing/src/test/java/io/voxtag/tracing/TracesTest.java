package io.voxtag.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracesTest {

  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final Headers headers = new RecordHeaders();

  @AfterEach
  void off() {
    Traces.use(null);
  }

  @Test
  void aTraceGoesOnThroughHeadersOfRecords() {
    // given
    followAll();

    // when
    Span first = Traces.begin("ingest", "publish", SpanKind.PRODUCER);
    Traces.inject(first, headers);
    first.end();
    Span second = Traces.next("embedder", "embed", SpanKind.CONSUMER, headers);
    Traces.inject(second, headers);
    second.end();

    // then
    List<SpanData> spans = exported.getFinishedSpanItems();
    assertThat(spans).hasSize(2);
    assertThat(spans.get(1).getTraceId()).isEqualTo(spans.get(0).getTraceId());
    assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
    assertThat(spans.get(1).getInstrumentationScopeInfo().getName())
        .isEqualTo("io.voxtag.embedder");
    // One header, that of the last.
    assertThat(headers.headers("traceparent")).hasSize(1);
    assertThat(new String(headers.lastHeader("traceparent").value(), StandardCharsets.UTF_8))
        .isEqualTo("00-%s-%s-01".formatted(spans.get(1).getTraceId(), spans.get(1).getSpanId()));
  }

  @Test
  void whatIsNotFollowedHasNoHeader() {
    // given
    Traces.use(telemetry(Sampler.alwaysOff()));

    // when
    Span span = Traces.begin("ingest", "publish", SpanKind.PRODUCER);
    Traces.inject(span, headers);
    span.end();

    // then
    assertThat(headers).isEmpty();
    assertThat(exported.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void nobodyGoesOnWhereNothingCame() {
    followAll();

    assertThat(Traces.next("embedder", "embed", SpanKind.CONSUMER, headers).isRecording())
        .isFalse();
    assertThat(Traces.extract(headers)).isSameAs(Context.root());
  }

  @Test
  void aDamagedHeaderIsNoTrace() {
    followAll();
    headers.add("traceparent", "00-nonsense".getBytes(StandardCharsets.UTF_8));
    assertThat(Traces.next("embedder", "embed", SpanKind.CONSUMER, headers).isRecording())
        .isFalse();

    headers.add("traceparent", null);
    assertThat(Traces.next("embedder", "embed", SpanKind.CONSUMER, headers).isRecording())
        .isFalse();
  }

  @Test
  void offNothingIsWrittenAndForeignHeadersAreLeftAlone() {
    headers.add(
        "traceparent",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(StandardCharsets.UTF_8));

    Span span = Traces.next("embedder", "embed", SpanKind.CONSUMER, headers);
    Traces.inject(span, headers);

    assertThat(span.isRecording()).isFalse();
    assertThat(headers.toArray()).hasSize(1);
  }

  @Test
  void aFailureIsMarked() {
    followAll();

    Traces.fail(
        Traces.begin("ingest", "publish", SpanKind.PRODUCER), new IllegalStateException("no"));

    SpanData span = exported.getFinishedSpanItems().get(0);
    assertThat(span.getStatus()).isEqualTo(StatusData.error());
    assertThat(span.getEvents()).hasSize(1);
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    assertThatThrownBy(() -> Traces.configure(settings(1.5), "ingest"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voxtag.tracing.sample-ratio is 1.5");
    assertThatThrownBy(() -> Traces.configure(settings(Double.NaN), "ingest"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void followAll() {
    Traces.use(telemetry(Sampler.alwaysOn()));
  }

  private OpenTelemetrySdk telemetry(Sampler sampler) {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(exported))
                .build())
        .build();
  }

  private static TracingSettings settings(double ratio) {
    return new TracingSettings() {
      @Override
      public boolean enabled() {
        return true;
      }

      @Override
      public double sampleRatio() {
        return ratio;
      }

      @Override
      public Optional<String> serviceName() {
        return Optional.empty();
      }
    };
  }
}
