package io.voxtag.embedder.model;

import io.voxtag.embedder.batch.UnsuitableModelException;
import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.modelstore.BundleRefusedException;
import io.voxtag.schemas.event.ModelVersion;
import io.voxtag.voiceprint.IncompatibleModelException;
import io.voxtag.voiceprint.bundle.BundleException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Gets versions from the store into memory. */
final class ModelOpener {

  private final ModelSupply supply;
  private final ServingModels models;

  ModelOpener(ModelSupply supply, ServingModels models) {
    this.supply = supply;
    this.models = models;
  }

  /**
   * Fetches and loads a version, and adds it to the models.
   *
   * @throws RefusedModelException if it must not or cannot be used
   * @throws IOException if the store or the disk fails: trying again may help
   */
  void open(ModelVersion version) throws IOException {
    WindowEmbedder embedder = load(version);
    if (!embedder.modelVersion().equals(version.getVersion())) {
      String found = embedder.modelVersion();
      embedder.close();
      throw new RefusedModelException(
          "the bundle at %s is of version %s, must be of %s"
              .formatted(version.getBundleUri(), found, version.getVersion()));
    }
    try {
      models.add(embedder, version.getBundleSha256());
    } catch (RuntimeException e) {
      throw new RefusedModelException("the model embeds nothing: " + e.getMessage(), e);
    }
  }

  private WindowEmbedder load(ModelVersion version) throws IOException {
    try {
      Path bundle =
          supply.store().fetch(URI.create(version.getBundleUri()), version.getBundleSha256());
      return supply.loader().load(bundle);
    } catch (BundleRefusedException
        | BundleException
        | IncompatibleModelException
        | UnsuitableModelException
        | IllegalArgumentException e) {
      throw new RefusedModelException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      throw new RefusedModelException("the model cannot be loaded: " + e, e);
    }
  }
}
