package io.voxtag.matcher.model;

import io.voxtag.modelstore.BundleRefusedException;
import io.voxtag.modelstore.ModelStore;
import io.voxtag.schemas.event.ModelVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Makes spaces of announced versions.
 *
 * @param store of their bundles
 * @param spaces makes the space of a model and begins to follow its voiceprints
 */
record SpaceOpener(ModelStore store, Function<ServedModel, FollowedSpace> spaces) {

  /**
   * The space of a version.
   *
   * @throws RefusedVersionException if its bundle must not or cannot be used
   * @throws IOException if the store or the disk fails
   */
  FollowedSpace open(ModelVersion version) throws RefusedVersionException, IOException {
    ServedModel model;
    try {
      Path bundle = store.fetch(URI.create(version.getBundleUri()), version.getBundleSha256());
      model = ServedModel.read(bundle);
      if (!model.version().equals(version.getVersion())) {
        throw new UnusableModelException(
            bundle, "model.json names another version, " + model.version(), null);
      }
    } catch (UnusableModelException e) {
      throw new RefusedVersionException(e.reason(), e);
    } catch (BundleRefusedException | IllegalArgumentException e) {
      throw new RefusedVersionException(String.valueOf(e.getMessage()), e);
    }
    return spaces.apply(model);
  }
}
