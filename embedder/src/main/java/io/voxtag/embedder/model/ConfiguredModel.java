package io.voxtag.embedder.model;

import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.schemas.event.ModelVersion;
import java.io.IOException;
import java.util.Optional;

/** The model that the configuration names. It serves where no version was ever promoted. */
@FunctionalInterface
public interface ConfiguredModel {

  /**
   * What a bundle says of itself.
   *
   * @param version its version
   * @param sha256 of its {@code model.json}, 64 hexadecimal digits
   */
  record Identity(String version, String sha256) {

    boolean isOf(ModelVersion record) {
      return version.equals(record.getVersion())
          && sha256.equalsIgnoreCase(record.getBundleSha256());
    }
  }

  /**
   * Loads it.
   *
   * @throws IOException if it is missing, damaged or cannot be used
   */
  WindowEmbedder load() throws IOException;

  /** Which model it is, without loading it; empty where that cannot be told. */
  default Optional<Identity> identity() {
    return Optional.empty();
  }
}
