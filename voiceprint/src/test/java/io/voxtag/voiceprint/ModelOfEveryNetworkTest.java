package io.voxtag.voiceprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelManifest;
import io.voxtag.voiceprint.network.SmallNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelOfEveryNetworkTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("io.voxtag.voiceprint.network.SmallNetworks#one")
  void aBundleOfItEmbeds(String name, Map<String, ?> arguments) throws IOException {
    // given
    Path bundle = write(name, arguments);
    try (SpeakerModel model = SpeakerModel.load(bundle, DeviceChoice.CPU)) {
      // when
      float[][] together = model.embed(List.of(noise(1, 24000), noise(2, 24000)));
      float[][] alone = model.embed(List.of(noise(2, 24000)));
      // then
      assertThat(together).hasDimensions(2, SmallNetworks.EMBEDDING);
      assertThat(dot(together[0], together[0])).isCloseTo(1, within(1e-5));
      assertThat(dot(together[1], alone[0])).isCloseTo(1, within(1e-5));
      assertThat(dot(together[0], together[1])).isLessThan(1 - 1e-5);
    }
  }

  @Test
  void aManifestThatAsksForAHugeNetworkOverBinsAndFramesTakesNoMemory() throws IOException {
    Path bundle = write("Res2Net", Map.of("m_channels", 8, "embd_dim", SmallNetworks.EMBEDDING));
    Path manifest = bundle.resolve("model.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceFirst("\"m_channels\" *: *8", "\"m_channels\" : 4096"));
    assertThat(Files.readString(manifest)).contains("4096");

    assertThatThrownBy(() -> SpeakerModel.load(bundle, DeviceChoice.CPU))
        .isInstanceOf(IncompatibleModelException.class)
        .hasMessageContaining("has shape");
  }

  private Path write(String name, Map<String, ?> arguments) throws IOException {
    Path bundle = folder.resolve(name);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      ManifestDraft draft =
          new ManifestDraft(
              "random-1",
              new ModelManifest.Architecture(name, Map.copyOf(arguments)),
              new ModelManifest.Features("Fbank", Map.of("num_mel_bins", SmallNetworks.BINS)),
              16000,
              SmallNetworks.EMBEDDING,
              Instant.EPOCH,
              JsonNodeFactory.instance.objectNode().put("threshold", 0.5),
              new ModelManifest.TrainingData("sha256:0", "none", 0, 0),
              Map.of(),
              List.of());
      ModelExport.write(
          SmallNetworks.untrained(name, arguments, manager), draft, bundle, DType.F32);
    }
    return bundle;
  }

  private static float[] noise(long seed, int samples) {
    Random random = new Random(seed);
    float[] audio = new float[samples];
    for (int i = 0; i < samples; i++) {
      audio[i] = (float) (0.1 * random.nextGaussian() * (1 + Math.sin(i * 0.001 * seed)));
    }
    return audio;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
