package io.voxtag.embedder;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.modelstore.ModelStoreSettings;
import io.voxtag.modelstore.ModelStores;
import java.nio.file.Path;
import java.util.Map;

/** Settings with their defaults, but for some. */
public final class TestSettings {

  private TestSettings() {}

  public static EmbedderSettings with(Map<String, String> values) {
    return mapping(EmbedderSettings.class, values);
  }

  /** A store in a folder. */
  static ModelStore store(Path folder, Path cache) {
    return ModelStores.open(
            storeSettings(
                Map.of(
                    "voxtag.models.store", folder.toUri().toString(),
                    "voxtag.models.cache", cache.toString())))
        .orElseThrow();
  }

  static ModelStoreSettings storeSettings(Map<String, String> values) {
    return mapping(ModelStoreSettings.class, values);
  }

  private static <T> T mapping(Class<T> settings, Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withMapping(settings)
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(settings);
  }
}
