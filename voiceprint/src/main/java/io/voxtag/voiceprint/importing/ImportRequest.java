package io.voxtag.voiceprint.importing;

import io.voxtag.voiceprint.bundle.DType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to import, and as what.
 *
 * @param checkpoint a file of PyTorch or of safetensors
 * @param config the configuration of the training run
 * @param architecture where more than one could be meant, as configurations call it
 * @param version name of the model, unique for ever
 * @param output folder that does not exist or is empty
 * @param precision of the matrices, {@link DType#F32} or {@link DType#F16}
 * @param attribution licences of model and data, and the names that they ask to be given
 */
public record ImportRequest(
    Path checkpoint,
    CheckpointSource source,
    Optional<Path> config,
    Optional<String> architecture,
    String version,
    Path output,
    DType precision,
    List<String> attribution) {

  public ImportRequest {
    attribution = List.copyOf(attribution);
  }
}
