package io.voxtag.voiceprint;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.network.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes networks as model bundles. */
public final class ModelExport {
  private ModelExport() {}

  /**
   * Writes a bundle that {@link SpeakerModel} can load.
   *
   * @param network with its weights, of the architecture that the draft names
   * @param directory that does not exist or is empty
   * @param precision of the matrices
   * @throws io.voxtag.voiceprint.bundle.BundleException if something different is there
   */
  public static ModelBundle write(
      Block network, ManifestDraft draft, Path directory, DType precision) throws IOException {
    List<TensorData> tensors = new ArrayList<>();
    StateDict.of(network)
        .forEach(
            (name, parameter) -> {
              NDArray array = parameter.getArray();
              tensors.add(TensorData.of(name, array.toFloatArray(), array.getShape().getShape()));
            });
    return ModelBundle.write(directory, draft, tensors, precision);
  }
}
