package io.voxtag.embedder;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.embedder.config.EmbedderSettings;
import java.util.Map;

/** Settings with their defaults, but for some. */
public final class TestSettings {

  private TestSettings() {}

  public static EmbedderSettings with(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withMapping(EmbedderSettings.class)
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(EmbedderSettings.class);
  }
}
