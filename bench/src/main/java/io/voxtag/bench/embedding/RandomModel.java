package io.voxtag.bench.embedding;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.network.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A full-size ECAPA-TDNN that has learnt nothing: speed does not depend on what weights are. */
final class RandomModel {
  private static final int BINS = 80;
  private static final int EMBEDDING = 192;

  private RandomModel() {}

  static ModelBundle write(Path directory, String paddingMode) throws IOException {
    Map<String, Object> args =
        Map.of(
            "channels",
            List.of(512, 512, 512, 512, 1536),
            "embd_dim",
            EMBEDDING,
            "input_size",
            BINS,
            "padding_mode",
            paddingMode);
    ManifestDraft draft =
        new ManifestDraft(
            "random-512",
            new ModelManifest.Architecture("EcapaTdnn", args),
            new ModelManifest.Features("Fbank", Map.of("num_mel_bins", BINS)),
            16_000,
            EMBEDDING,
            Instant.EPOCH,
            JsonNodeFactory.instance.objectNode(),
            new ModelManifest.TrainingData("none", "random weights", 0, 0),
            Map.of(),
            List.of());
    return ModelBundle.write(directory, draft, weights(args), DType.F32);
  }

  private static List<TensorData> weights(Map<String, Object> args) {
    Random random = new Random(7);
    List<TensorData> tensors = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = Architecture.of("EcapaTdnn").create(args);
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 100, BINS));
      StateDict.of(block)
          .forEach(
              (name, parameter) -> {
                long[] shape = parameter.getArray().getShape().getShape();
                tensors.add(TensorData.of(name, values(name, shape, random), shape));
              });
    }
    return tensors;
  }

  private static float[] values(String name, long[] shape, Random random) {
    float[] values = new float[(int) new Shape(shape).size()];
    double scale = shape.length > 1 ? Math.sqrt(2.0 * shape[0] / values.length) : 0.1;
    for (int i = 0; i < values.length; i++) {
      values[i] =
          name.endsWith("running_var") || (name.contains("norm") && name.endsWith("weight"))
              ? 0.5f + random.nextFloat()
              : (float) (scale * random.nextGaussian());
    }
    return values;
  }
}
