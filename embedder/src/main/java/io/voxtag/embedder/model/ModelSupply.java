package io.voxtag.embedder.model;

import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.modelstore.ModelStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where other versions come from.
 *
 * @param store holds their bundles; whoever runs the embedder closes it
 * @param loader makes a model of a bundle
 */
public record ModelSupply(ModelStore store, Loader loader) {

  /** Makes a model of a bundle. */
  @FunctionalInterface
  public interface Loader {

    /**
     * Loads a model.
     *
     * @param bundle a folder
     * @throws IOException if the bundle is refused or cannot be read
     */
    WindowEmbedder load(Path bundle) throws IOException;
  }
}
