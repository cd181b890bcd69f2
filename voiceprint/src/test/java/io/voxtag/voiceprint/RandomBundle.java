package io.voxtag.voiceprint;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.network.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A small network with random weights as a bundle. */
final class RandomBundle {
  static final int EMBEDDING = 24;

  private RandomBundle() {}

  static Path write(Path directory, int statedEmbedding) throws IOException {
    return write(directory, statedEmbedding, 40, 3);
  }

  static Path write(Path directory, int statedEmbedding, int bins, int seed) throws IOException {
    return write(directory, statedEmbedding, Map.of("num_mel_bins", bins), seed);
  }

  static Path write(Path directory, int statedEmbedding, Map<String, Object> fbank, int seed)
      throws IOException {
    Object bins = fbank.get("num_mel_bins");
    Map<String, Object> arguments =
        Map.of("embd_dim", EMBEDDING, "channels", List.of(16, 16, 16, 16, 48));
    Block network = Architecture.ECAPA_TDNN.create(with(arguments, "input_size", bins));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      Engine.getInstance().setRandomSeed(seed);
      network.initialize(manager, DataType.FLOAT32, new Shape(1, 100, (int) bins));
      ManifestDraft draft =
          new ManifestDraft(
              "random-1",
              new ModelManifest.Architecture("EcapaTdnn", arguments),
              new ModelManifest.Features("Fbank", fbank),
              16000,
              statedEmbedding,
              Instant.EPOCH,
              JsonNodeFactory.instance.objectNode().put("threshold", 0.5),
              new ModelManifest.TrainingData("sha256:0", "none", 0, 0),
              Map.of(),
              List.of());
      ModelExport.write(network, draft, directory, DType.F16);
    }
    return directory;
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> result = new java.util.HashMap<>(map);
    result.put(key, value);
    return result;
  }
}
