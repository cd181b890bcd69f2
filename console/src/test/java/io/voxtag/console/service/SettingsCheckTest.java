package io.voxtag.console.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.console.ConsoleSettings;
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
    "max-calls, 0",
    "max-stretches, 9",
    "max-browsers, 10001",
    "keep-ended, PT25H",
  })
  void a_wrong_value_is_refused_by_the_name_of_its_key(String key, String value) {
    ConsoleSettings settings = settings(Map.of("voxtag.console." + key, value));

    assertThatThrownBy(() -> SettingsCheck.verify(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("voxtag.console." + key + " is " + value)
        .hasMessageContaining("must be from");
  }

  private static ConsoleSettings settings(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(ConsoleSettings.class)
        .build()
        .getConfigMapping(ConsoleSettings.class);
  }
}
