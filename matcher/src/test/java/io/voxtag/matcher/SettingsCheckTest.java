package io.voxtag.matcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

  @Test
  void theDefaultsAreRight() {
    assertThatCode(() -> SettingsCheck.verify(settings(Map.of()))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "threads, 0",
    "threads, -1",
    "leg-time-to-live, PT0S",
    "leg-time-to-live, -PT1H",
    "leg-time-to-live, P30D",
    "redis-start-timeout, -PT1S",
    "retry-interval, PT0S",
    "models.grace, -PT1S",
    "models.grace, P31D"
  })
  void aWrongValueIsRefusedWithItsKey(String key, String value) {
    MatcherSettings settings = settings(Map.of("voxtag.matcher." + key, value));

    assertThatThrownBy(() -> SettingsCheck.verify(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voxtag.matcher." + key + " is ")
        .hasMessageContaining("must be from");
  }

  private static MatcherSettings settings(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withMapping(MatcherSettings.class)
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(MatcherSettings.class);
  }
}
