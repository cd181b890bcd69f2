package io.voxtag.embedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voxtag.embedder.batch.FakeModel;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.schemas.kafka.BrokerUnavailableException;
import io.voxtag.schemas.kafka.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbedderSettingsTest {

  @Test
  void everythingHasADefault() {
    EmbedderSettings settings = TestSettings.with(Map.of());

    assertThat(settings.enabled()).isTrue();
    assertThat(settings.model()).isEqualTo(Path.of("models/starter"));
    assertThat(settings.device()).isEqualTo("auto");
    assertThat(settings.window().length()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.window().hop()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.window().minNetSpeech()).isEqualTo(Duration.ofMillis(700));
    assertThat(settings.batch().waitTime()).isEqualTo(Duration.ofMillis(10));
    assertThat(settings.leg().idle()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.enrollment().severalSpeakersBelow()).isEmpty();
  }

  @Test
  void theModelIsThatOfAllServicesUnlessSaidOtherwise() {
    assertThat(TestSettings.with(Map.of("voxtag.model", "/models/new")).model())
        .isEqualTo(Path.of("/models/new"));
    assertThat(
            TestSettings.with(
                    Map.of("voxtag.model", "/models/new", "voxtag.embedder.model", "/models/own"))
                .model())
        .isEqualTo(Path.of("/models/own"));
  }

  @Test
  void waterMarksTheWrongWayRoundAreRefusedByName() {
    EmbedderSettings settings =
        TestSettings.with(
            Map.of("voxtag.embedder.flow.low-water", "9", "voxtag.embedder.flow.high-water", "9"));

    assertThatThrownBy(() -> start(settings, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voxtag.embedder.flow.low-water is 9");
  }

  @Test
  void withoutABrokerItDoesNotStart() {
    assertThatThrownBy(() -> start(TestSettings.with(Map.of()), Duration.ofSeconds(1)))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining("localhost:1");
  }

  private static void start(EmbedderSettings settings, Duration timeout) throws Exception {
    Embedder.start(
            settings,
            KafkaConnection.to("localhost:1").withStartTimeout(timeout),
            FakeModel::new,
            new SimpleMeterRegistry(),
            error -> {})
        .close();
  }
}
