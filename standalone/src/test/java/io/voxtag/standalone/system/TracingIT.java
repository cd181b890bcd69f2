package io.voxtag.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.kafka.ClientProperties;
import io.voxtag.schemas.kafka.KafkaConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of a running system, as a collector gets them. */
class TracingIT {

  private static final Path CALL = Path.of("..", "samples", "calls", "desk-order.wav");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private HttpServer collector;

  @BeforeEach
  void collect() throws IOException {
    StarterModel.required();
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
          try (InputStream body =
              zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .forEach(scope -> spans.addAll(scope.getSpansList()));
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void aWindowIsFollowedFromTheSocketToItsTag() throws Exception {
    Map<String, String> environment =
        Map.of(
            "VOXTAG_TRACING_ENABLED", "true",
            "OTEL_TRACES_SAMPLER", "always_on",
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getAddress().getPort());
    Path data = folder.resolve("data");
    try (Voxtag up =
        Voxtag.start(
                folder,
                environment,
                "up",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--kafka-port",
                "0")
            .awaitOutput("Voxtag is up")) {
      // when
      String http =
          new ObjectMapper().readTree(data.resolve("running.json").toFile()).get("http").asText();
      Voxtag.run(folder, "stream", CALL.toString(), "--speed", "max", "--url", http).exitsWith(0);
      String kafka =
          new ObjectMapper().readTree(data.resolve("running.json").toFile()).get("kafka").asText();
      String parent = traceOfATag(kafka);

      // then
      String trace = parent.split("-")[1];
      await("the collector has the trace")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(named(trace).keySet())
                      .containsExactlyInAnyOrder(
                          "publish call-audio", "embed window", "decide window"));
      Map<String, Span> named = named(trace);
      Span published = named.get("publish call-audio");
      Span embedded = named.get("embed window");
      Span decided = named.get("decide window");
      assertThat(published.getParentSpanId().isEmpty()).isTrue();
      assertThat(embedded.getParentSpanId()).isEqualTo(published.getSpanId());
      assertThat(decided.getParentSpanId()).isEqualTo(embedded.getSpanId());
      assertThat(parent.split("-")[2]).isEqualTo(hex(decided.getSpanId().toByteArray()));
      assertThat(decided.getEndTimeUnixNano()).isGreaterThan(published.getStartTimeUnixNano());
    }
  }

  private Map<String, Span> named(String trace) {
    return spans.stream()
        .filter(span -> hex(span.getTraceId().toByteArray()).equals(trace))
        .collect(Collectors.toMap(Span::getName, span -> span, (first, second) -> first));
  }

  /** The header of a tag of a window that a chunk completed. */
  private static String traceOfATag(String kafka) {
    Map<String, Object> properties =
        ClientProperties.consumer(
            KafkaConnection.to(kafka), "voxtag-reader-tracing", Topics.SPEAKER_TAGS);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.SPEAKER_TAGS.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> tag : consumer.poll(Duration.ofMillis(200))) {
          Header header = tag.headers().lastHeader("traceparent");
          if (header != null) {
            return new String(header.value(), StandardCharsets.UTF_8);
          }
        }
      }
    }
    throw new AssertionError("no tag with a trace came");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
