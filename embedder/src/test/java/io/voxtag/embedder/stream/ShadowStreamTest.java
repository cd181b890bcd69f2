package io.voxtag.embedder.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.audio.SpeechActivity;
import io.voxtag.embedder.leg.TestWindows;
import io.voxtag.embedder.leg.Window;
import io.voxtag.schemas.Topics;
import io.voxtag.schemas.Vectors;
import io.voxtag.schemas.event.SpeechEmbedding;
import io.voxtag.schemas.serde.EventSerdes;
import io.voxtag.schemas.serde.SchemaRegistryException;
import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class ShadowStreamTest {

  private static final SpeechActivity SPEECH = new SpeechActivity(2_500, 20, new boolean[300]);

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Serializer<SpeechEmbedding> serializer =
      EventSerdes.singleObject().of(Topics.SHADOW_EMBEDDINGS).serializer();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Map<String, CompletableFuture<float[]>> versions = new LinkedHashMap<>();

  @Test
  void aWindowIsPassedOnUnderEveryVersionThatIsReady() {
    // given
    versions.put("v2", CompletableFuture.completedFuture(new float[] {0.6f, 0.8f}));
    versions.put("v3", new CompletableFuture<>());
    Window window = TestWindows.window("call", 1, "stream", 7);

    // when
    stream(1, serializer).heard(window, SPEECH);
    producer.completeNext();

    // then: the other one is still being embedded
    assertThat(producer.history()).hasSize(1);
    assertThat(producer.history().get(0).key()).asString().isEqualTo("call");
    assertThat(producer.history().get(0).timestamp()).isEqualTo(window.timestamp());
    SpeechEmbedding sent = sent().get(0);
    assertThat(sent.getModelVersion()).isEqualTo("v2");
    assertThat(sent.getWindowIndex()).isEqualTo(7);
    assertThat(sent.getChannel()).isEqualTo(1);
    assertThat(sent.getNetSpeechMs()).isEqualTo(2_500);
    assertThat(Vectors.decode(sent.getVector())).containsExactly(0.6f, 0.8f);
    assertThat(count("v2", "sent")).isEqualTo(1);

    versions.get("v3").complete(new float[] {1, 0});
    assertThat(sent()).extracting(SpeechEmbedding::getModelVersion).containsExactly("v2", "v3");
  }

  @Test
  void aLegIsHeardInFullOrNotAtAllAndOfManyTheShareIs() {
    ShadowStream stream = stream(0.25, serializer);
    versions.put("v2", CompletableFuture.completedFuture(new float[] {1, 0}));

    IntStream.range(0, 4_000)
        .forEach(i -> stream.heard(TestWindows.window("call-" + i % 400, 0, "s", i), SPEECH));

    Map<String, Long> windows =
        sent().stream()
            .collect(Collectors.groupingBy(SpeechEmbedding::getCallId, Collectors.counting()));
    assertThat(windows.values()).containsOnly(10L);
    // Four deviations of a binomial distribution.
    assertThat(windows.size()).isBetween(100 - 35, 100 + 35);
  }

  @Test
  void withoutAShareNoLegIsHeard() {
    versions.put("v2", CompletableFuture.completedFuture(new float[] {1, 0}));

    stream(0, serializer).heard(TestWindows.window("call", 0, "s", 0), SPEECH);

    assertThat(producer.history()).isEmpty();
  }

  @Test
  void whatFindsNoTimeOrFailsIsCountedAndTheNextWindowIsPassedOn() {
    ShadowStream stream = stream(1, serializer);
    Window window = TestWindows.window("call", 0, "s", 0);
    versions.put("busy", CompletableFuture.failedFuture(new RejectedExecutionException("busy")));
    versions.put("broken", CompletableFuture.failedFuture(new IllegalStateException("broken")));
    versions.put("good", CompletableFuture.completedFuture(new float[] {1, 0}));

    stream.heard(window, SPEECH);
    producer.errorNext(new TimeoutException("no broker"));
    versions.keySet().retainAll(Set.of("good"));
    stream.heard(window, SPEECH);
    producer.completeNext();

    assertThat(count("busy", "skipped")).isEqualTo(1);
    assertThat(count("broken", "failed")).isEqualTo(1);
    assertThat(count("good", "failed")).isEqualTo(1);
    assertThat(count("good", "sent")).isEqualTo(1);
  }

  @Test
  void aSchemaRegistryThatIsAwayIsNotWaitedFor() {
    versions.put("v2", CompletableFuture.completedFuture(new float[] {1, 0}));
    ShadowStream stream =
        stream(
            1,
            (topic, embedding) -> {
              throw new SchemaRegistryException("away", new ConnectException());
            });

    stream.heard(TestWindows.window("call", 0, "s", 0), SPEECH);

    assertThat(count("v2", "failed")).isEqualTo(1);
  }

  private ShadowStream stream(double share, Serializer<SpeechEmbedding> with) {
    return new ShadowStream(share, window -> versions, producer, with, registry);
  }

  private List<SpeechEmbedding> sent() {
    return producer.history().stream()
        .map(
            record ->
                EventSerdes.singleObject()
                    .of(Topics.SHADOW_EMBEDDINGS)
                    .deserializer()
                    .deserialize(record.topic(), record.value()))
        .toList();
  }

  private double count(String model, String outcome) {
    Counter counter =
        registry
            .find("voxtag.embedder.shadow.windows")
            .tag("model", model)
            .tag("outcome", outcome)
            .counter();
    return counter == null ? 0 : counter.count();
  }
}
