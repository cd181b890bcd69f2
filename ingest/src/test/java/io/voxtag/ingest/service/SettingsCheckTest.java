package io.voxtag.ingest.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.ingest.IngestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

  @Test
  void the_defaults_are_right() {
    assertThatCode(() -> SettingsCheck.verify(settings(Map.of()))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "chunk-duration, PT0.01S",
    "chunk-duration, PT2S",
    "max-streams, 0",
    "max-message-bytes, 65537",
    "max-connects-per-second, 0",
    "max-bytes-per-second, 7999",
    "start-timeout, PT0.1S",
    "idle-timeout, PT0S",
    "delivery-timeout, PT0.5S",
    "shutdown-timeout, PT-1S",
    "outstanding.connection-bytes, 1000",
    "outstanding.total-bytes, 1048575",
    "twilio.reorder-window, 0",
    "twilio.reorder-wait, PT1M",
  })
  void a_wrong_value_is_refused_by_the_name_of_its_key(String key, String value) {
    IngestSettings settings = settings(Map.of("voxtag.ingest." + key, value));

    assertThatThrownBy(() -> SettingsCheck.verify(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("voxtag.ingest." + key + " is " + value)
        .hasMessageContaining("must be from");
  }

  private static IngestSettings settings(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(IngestSettings.class)
        .build()
        .getConfigMapping(IngestSettings.class);
  }
}
