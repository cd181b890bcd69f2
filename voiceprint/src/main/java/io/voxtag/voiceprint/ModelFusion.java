package io.voxtag.voiceprint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.network.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Joins finished models into one whose cosine is the weighted mean of theirs. */
public final class ModelFusion {
  private ModelFusion() {}

  /**
   * How much each model counts; only ratios matter.
   *
   * @param all a positive number a model; with others for narrowband speech, 0 leaves a model out
   * @param narrowband a number a model for speech that came over a telephone of 8 kHz, 0 leaving it
   *     out; empty for the same as for all speech
   */
  public record Weights(List<Double> all, List<Double> narrowband) {
    /** Copies the lists. */
    public Weights {
      all = List.copyOf(all);
      narrowband = List.copyOf(narrowband);
    }
  }

  /**
   * Writes the joint model. It decides nothing yet: its threshold comes from an evaluation.
   *
   * @param models at least two, on the same sample rate; the features of each are those of the one
   *     with the most bins, or the lowest bins of these
   * @param weights one a model
   * @param version name of the joint model
   * @param directory that does not exist or is empty
   * @throws IllegalArgumentException if the models cannot be joined
   */
  public static ModelBundle fuse(
      List<ModelBundle> models, Weights weights, String version, Path directory)
      throws IOException {
    if (models.size() < 2) {
      throw new IllegalArgumentException("at least two models are needed to join them");
    }
    JointFeatures features = JointFeatures.of(models.stream().map(ModelBundle::manifest).toList());
    ModelManifest first = models.get(0).manifest();
    List<Map<String, Object>> networks = new ArrayList<>();
    List<TensorData> tensors = new ArrayList<>();
    Set<String> attribution = new LinkedHashSet<>();
    int size = 0;
    for (int i = 0; i < models.size(); i++) {
      ModelManifest manifest = models.get(i).manifest();
      requireSameData(first, manifest);
      networks.add(
          Map.of(
              "use_model", manifest.architecture().name(),
              "model_conf", manifest.architecture().args(),
              "bins", features.bins().get(i)));
      String prefix = "networks." + i + ".";
      models
          .get(i)
          .tensors()
          .forEach(
              (name, tensor) ->
                  tensors.add(TensorData.of(prefix + name, tensor.toFloats(), tensor.shape())));
      attribution.addAll(manifest.attribution());
      size += manifest.embeddingSize();
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("networks", networks);
    arguments.put("weights", weights.all());
    if (!weights.narrowband().isEmpty()) {
      arguments.put(
          "narrowband",
          Map.of(
              "first_bin",
              features.firstAboveTelephone(first.sampleRate()),
              "weights",
              weights.narrowband()));
    }
    Map<String, Object> checked = new LinkedHashMap<>(arguments);
    checked.put("input_size", features.widest());
    // Refuses wrong weights and what cannot be a part before anything is written.
    Architecture.FUSION.create(checked);
    ManifestDraft draft =
        new ManifestDraft(
            version,
            new ModelManifest.Architecture(Architecture.FUSION.configName(), arguments),
            features.features(),
            first.sampleRate(),
            size,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            JsonNodeFactory.instance.objectNode(),
            first.trainingData(),
            Map.of(),
            List.copyOf(attribution));
    return ModelBundle.write(directory, draft, tensors, DType.F16);
  }

  private static void requireSameData(ModelManifest first, ModelManifest other) {
    if (!first.trainingData().equals(other.trainingData())) {
      throw new IllegalArgumentException(
          "models %s and %s were trained on different data; the joint model could name only one of the two"
              .formatted(first.version(), other.version()));
    }
  }
}
