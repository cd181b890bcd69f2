package io.voxtag.voiceprint.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import io.voxtag.voiceprint.Reference;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.bundle.Safetensors;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.importing.pytorch.Checkpoints;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.network.InferencePlan;
import io.voxtag.voiceprint.network.StateDict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of known output under the names of each source. */
class LayoutTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "campplus, wespeaker",
    "campplus, 3d-speaker",
    "campplus, voiceprint-pytorch",
    "eres2net, wespeaker",
    "eres2net, 3d-speaker",
    "eres2net, voiceprint-pytorch",
    "eres2net_v2, 3d-speaker",
    "eres2net_v2, voiceprint-pytorch",
    "ecapa_tdnn_sap, voiceprint-pytorch",
    "ecapa_tdnn_tap, voiceprint-pytorch",
    "ecapa_tdnn_tsp, voiceprint-pytorch",
    "tdnn_asp, voiceprint-pytorch",
    "res2net_asp, voiceprint-pytorch",
    "resnet_se_asp, voiceprint-pytorch"
  })
  void theImportedNetworkGivesWhatThePublishedOneGives(String name, String source)
      throws IOException {
    try (Reference reference = new Reference("net_" + name)) {
      // given
      List<TensorData> tensors = tensors(reference, names(name, source));
      Path checkpoint = Checkpoints.zip(folder.resolve("model.pt"), tensors);
      // when
      ModelBundle bundle =
          run(checkpoint, source, source.equals("voiceprint-pytorch") ? config(reference) : "")
              .bundle();
      // then
      ModelManifest manifest = bundle.manifest();
      assertThat(manifest.architecture().name()).isEqualTo(reference.metadata("class"));
      assertThat(manifest.embeddingSize())
          .isEqualTo((int) reference.get("output").getShape().get(1));
      Reference.assertClose(output(bundle, reference), reference.get("output"), 1e-4);
    }
  }

  @Test
  void aFileOfSafetensorsIsReadToo() throws IOException {
    try (Reference reference = new Reference("net_campplus")) {
      Path file = folder.resolve("model.safetensors");
      try (OutputStream out = Files.newOutputStream(file)) {
        Safetensors.write(out, tensors(reference, name -> name), Map.of());
      }

      ModelBundle bundle = run(file, "3d-speaker", "").bundle();

      Reference.assertClose(output(bundle, reference), reference.get("output"), 1e-4);
    }
  }

  @Test
  void whatIsMissingLeftOverOrOfAnotherShapeIsNamed() throws IOException {
    try (Reference reference = new Reference("net_campplus")) {
      List<TensorData> tensors = tensors(reference, name -> name);
      List<TensorData> fewer = new ArrayList<>(tensors);
      fewer.removeIf(tensor -> tensor.name().equals("head.bn1.bias"));
      List<TensorData> more = new ArrayList<>(tensors);
      more.add(TensorData.of("head.extra", new float[] {1}, 1));
      List<TensorData> other = new ArrayList<>(fewer);
      other.add(TensorData.of("head.bn1.bias", new float[] {1}, 1));

      assertRefused(fewer, "missing are [head.bn1.bias]");
      assertRefused(more, "left over are [head.extra]");
      assertRefused(other, "head.bn1.bias has shape [1]");
      assertRefused(List.of(tensors.get(0)), "not those of one of [EcapaTdnn, ResNet, CAMPPlus");
    }
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() throws IOException {
    try (Reference reference = new Reference("net_campplus")) {
      List<TensorData> tensors = tensors(reference, name -> name);
      tensors.removeIf(tensor -> tensor.name().equals("head.bn1.bias"));
      float[] broken = new float[32];
      broken[5] = Float.NaN;
      tensors.add(TensorData.of("head.bn1.bias", broken, 32));

      assertRefused(tensors, "'head.bn1.bias' has values that are not finite");
    }
  }

  @Test
  void aConfigurationIsAskedForWhereWeightsDoNotTellTheFeatures() throws IOException {
    try (Reference reference = new Reference("net_campplus")) {
      Path checkpoint =
          Checkpoints.zip(folder.resolve("model.pth"), tensors(reference, name -> "0." + name));

      assertThatThrownBy(() -> run(checkpoint, "voiceprint-pytorch", ""))
          .isInstanceOf(ImportException.class)
          .hasMessageContaining("give the configuration");
      assertThatThrownBy(() -> run(checkpoint, "3d-speaker", config(reference)))
          .isInstanceOf(ImportException.class)
          .hasMessageContaining("no configuration is read for 3d-speaker");
    }
  }

  @Test
  void theFeaturesOfAWeSpeakerConfigurationAreTaken() throws IOException {
    try (Reference reference = new Reference("net_campplus")) {
      Path checkpoint =
          Checkpoints.legacy(folder.resolve("avg_model.pt"), tensors(reference, name -> name));
      String config =
          """
          dataset_args:
            resample_rate: 16000
            frontend: %s
            fbank_args: {num_mel_bins: 40, frame_shift: 10, frame_length: 20, dither: 1.0}
          """;

      ModelManifest manifest =
          run(checkpoint, "wespeaker", config.formatted("fbank")).bundle().manifest();

      assertThat(manifest.features().args())
          .containsEntry("frame_length", 20)
          .containsEntry("window_type", "hamming")
          .doesNotContainKey("dither");
      assertThatThrownBy(() -> run(checkpoint, "wespeaker", config.formatted("s3prl")))
          .isInstanceOf(ImportException.class)
          .hasMessageContaining("dataset_args.frontend is 's3prl'");
    }
  }

  private void assertRefused(List<TensorData> tensors, String message) throws IOException {
    Path checkpoint = Checkpoints.zip(folder.resolve("model.pt"), tensors);
    assertThatThrownBy(() -> run(checkpoint, "3d-speaker", ""))
        .isInstanceOf(ImportException.class)
        .hasMessageStartingWith(checkpoint.toString())
        .hasMessageContaining(message);
    assertThat(folder.resolve("bundle")).doesNotExist();
  }

  private ImportedModel run(Path checkpoint, String source, String config) throws IOException {
    Optional<Path> file = Optional.empty();
    if (!config.isEmpty()) {
      file = Optional.of(Files.writeString(folder.resolve("config.yml"), config));
    }
    return ModelImport.run(
        new ImportRequest(
            checkpoint,
            CheckpointSource.of(source),
            file,
            Optional.empty(),
            "imported-1",
            folder.resolve("bundle"),
            DType.F32,
            List.of()));
  }

  /** What the original's configuration says of the network; other sources have none here. */
  private static String config(Reference reference) {
    return """
        {"preprocess_conf":
           {"feature_method": "Fbank",
            "method_args": {"sample_frequency": 16000, "num_mel_bins": 40}},
         "model_conf": {"model": "%s", "model_args": %s}}
        """
        .formatted(reference.metadata("class"), reference.metadata("args"));
  }

  private static UnaryOperator<String> names(String network, String source) {
    if (source.equals("voiceprint-pytorch")) {
      return name -> "0." + name;
    }
    if (source.equals("wespeaker") && network.equals("eres2net")) {
      return LayoutTest::inWeSpeaker;
    }
    return name -> name;
  }

  private static String inWeSpeaker(String name) {
    String renamed = name;
    if (name.startsWith("layer3") || name.startsWith("layer4")) {
      renamed = name.replace(".convs.0.", ".conv2_1.").replace(".bns.0.", ".bn2_1.");
      renamed = renamed.replace(".convs.1.", ".convs.0.").replace(".bns.1.", ".bns.0.");
    }
    return renamed;
  }

  private static List<TensorData> tensors(Reference reference, UnaryOperator<String> rename) {
    List<TensorData> tensors = new ArrayList<>();
    reference
        .under("param.")
        .forEach(
            (name, array) -> {
              // A count is of another type, which the test's writer does not write.
              if (!name.endsWith("num_batches_tracked")) {
                tensors.add(
                    TensorData.of(
                        rename.apply(name), array.toFloatArray(), array.getShape().getShape()));
              }
            });
    return tensors;
  }

  private static NDArray output(ModelBundle bundle, Reference reference) {
    NDArray input = reference.get("input");
    Map<String, Object> arguments = new LinkedHashMap<>(bundle.manifest().architecture().args());
    arguments.put("input_size", (int) input.getShape().get(2));
    Block network = Architecture.of(bundle.manifest().architecture().name()).create(arguments);
    network.initialize(reference.manager(), DataType.FLOAT32, input.getShape());
    StateDict.of(network)
        .forEach(
            (name, parameter) ->
                StateDict.assign(parameter, bundle.tensors().get(name).toFloats()));
    return InferencePlan.of(network, reference.manager()).embed(input);
  }
}
