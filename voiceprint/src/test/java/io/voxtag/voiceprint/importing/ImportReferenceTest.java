package io.voxtag.voiceprint.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.Safetensors;
import io.voxtag.voiceprint.bundle.TensorData;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints that PyTorch wrote, and what another formulation of their networks gives. */
class ImportReferenceTest {
  private static final String CONFIG =
      """
      preprocess_conf:
        use_hf_model: False
        feature_method: 'Fbank'
        method_args:
          sample_frequency: 16000
          num_mel_bins: 24
      model_conf:
        model: 'EcapaTdnn'
        model_args:
          embd_dim: 8
          pooling_type: 'ASP'
          channels: [16, 16, 16, 16, 24]
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "speechbrain.ckpt, speechbrain",
    "wespeaker.pt, wespeaker",
    "wespeaker-plain.pt, wespeaker",
    "wespeaker-resnet.pt, wespeaker",
    "3d-speaker.bin, 3d-speaker",
    "voiceprint-pytorch.pth, voiceprint-pytorch"
  })
  void theVectorIsThatOfTheNetworkThatWasPublished(String file, String source) throws IOException {
    // when
    ImportedModel imported = run(resource(file), source);
    // then
    try (SpeakerModel model = SpeakerModel.load(imported.bundle(), DeviceChoice.CPU)) {
      float[] vector = model.embed(List.of(reference("waveform").toFloats()))[0];
      String name = file.substring(0, file.lastIndexOf('.'));
      assertSameDirection(vector, reference(name + ".embedding").toFloats());
    }
  }

  @Test
  void whatIsNoPartOfTheNetworkIsNamed() throws IOException {
    assertThat(run(resource("wespeaker.pt"), "wespeaker").unused())
        .containsExactly("projection.weight");
    assertThat(run(resource("voiceprint-pytorch.pth"), "voiceprint-pytorch").unused())
        .containsExactly("1.weight");
    assertThat(run(resource("speechbrain.ckpt"), "speechbrain").unused()).isEmpty();
  }

  @Test
  void theSizeOfTheNetworkIsReadFromItsWeights() throws IOException {
    Map<String, Object> arguments =
        run(resource("wespeaker-plain.pt"), "wespeaker").bundle().manifest().architecture().args();

    assertThat(arguments)
        .containsEntry("embd_dim", 8)
        .containsEntry("channels", List.of(16, 16, 16, 16, 24))
        .containsEntry("res2net_scale", 4)
        .containsEntry("attention_channels", 8)
        .containsEntry("global_context", false)
        .containsEntry("embedding_norm", true)
        .containsEntry("pooling_type", "ASTP")
        .containsEntry("padding_mode", "zeros");
  }

  private ImportedModel run(Path checkpoint, String source) throws IOException {
    Path config = folder.resolve("config.yml");
    Files.writeString(config, CONFIG);
    return ModelImport.run(
        new ImportRequest(
            checkpoint,
            CheckpointSource.of(source),
            source.equals("voiceprint-pytorch") ? Optional.of(config) : Optional.empty(),
            Optional.empty(),
            "imported-1",
            folder.resolve(checkpoint.getFileName().toString()),
            DType.F32,
            List.of("a licence")));
  }

  private static void assertSameDirection(float[] unit, float[] expected) {
    assertThat(unit).hasSameSizeAs(expected);
    double norm = 0;
    for (float value : expected) {
      norm += (double) value * value;
    }
    double difference = 0;
    for (int i = 0; i < unit.length; i++) {
      difference += Math.pow(unit[i] - expected[i] / Math.sqrt(norm), 2);
    }
    assertThat(Math.sqrt(difference)).isLessThan(1e-4);
  }

  private static TensorData reference(String name) throws IOException {
    return Objects.requireNonNull(
        Safetensors.read(resource("reference.safetensors")).tensors().get(name), name);
  }

  private static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(ImportReferenceTest.class.getResource("/importing/" + name), name)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
