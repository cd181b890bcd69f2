package io.voxtag.voiceprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.voiceprint.bundle.BundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeakerModelTest {
  @TempDir Path folder;

  @Test
  void givesUnitVectorsOfTheStatedSizeInTheOrderOfTheWindows() throws Exception {
    try (SpeakerModel model = load()) {
      // given
      List<float[]> windows = List.of(noise(1, 48000), noise(2, 16000), noise(3, 48000));
      // when
      float[][] together = model.embed(windows);
      // then
      for (int i = 0; i < windows.size(); i++) {
        assertThat(together[i]).hasSize(RandomBundle.EMBEDDING);
        assertThat(dot(together[i], together[i])).isCloseTo(1, within(1e-5));
        assertThat(dot(together[i], model.embed(List.of(windows.get(i)))[0]))
            .isCloseTo(1, within(1e-5));
      }
      assertThat(dot(together[0], together[2])).isLessThan(1 - 1e-5);
    }
  }

  @Test
  void callsFromManyThreadsGiveTheSameVectors() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (SpeakerModel model = load()) {
      float[] window = noise(5, 32000);
      float[] expected = model.embed(List.of(window))[0];
      List<Future<float[][]>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(threads.submit(() -> model.embed(List.of(window))));
      }
      for (Future<float[][]> call : calls) {
        assertThat(dot(call.get()[0], expected)).isCloseTo(1, within(1e-5));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aVolumeChangeDoesNotMatter() throws Exception {
    try (SpeakerModel model = load()) {
      float[] loud = noise(1, 32000);
      float[] quiet = loud.clone();
      for (int i = 0; i < quiet.length; i++) {
        quiet[i] *= 0.1f;
      }
      float[][] vectors = model.embed(List.of(loud, quiet));
      assertThat(dot(vectors[0], vectors[1])).isCloseTo(1, within(1e-3));
    }
  }

  @Test
  void refusesAWindowThatIsTooShortAndGoesOn() throws Exception {
    try (SpeakerModel model = load()) {
      assertThatThrownBy(() -> model.embed(List.of(noise(1, 16000), new float[100])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("window 1 has 100 samples but needs 400");
      assertThat(model.embed(List.of(noise(1, 16000)))).hasDimensions(1, RandomBundle.EMBEDDING);
    }
  }

  @Test
  void refusesSamplesThatAreNotFinite() throws Exception {
    try (SpeakerModel model = load()) {
      float[] broken = noise(1, 16000);
      broken[8000] = Float.NaN;
      assertThatThrownBy(() -> model.embed(List.of(broken)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("window 0");
    }
  }

  @Test
  void refusesABundleWhoseSizesDoNotFitItsNetwork() throws IOException {
    Path bundle = RandomBundle.write(folder.resolve("wrong"), 99);
    assertThatThrownBy(() -> SpeakerModel.load(bundle, DeviceChoice.CPU))
        .isInstanceOf(IncompatibleModelException.class)
        .hasMessageContaining("embeddingSize 99");
  }

  @Test
  void aHugeNetworkInTheManifestTakesNoMemory() throws IOException {
    Path bundle = RandomBundle.write(folder.resolve("huge"), RandomBundle.EMBEDDING);
    Path manifest = bundle.resolve("model.json");
    // Four layers of this width would take 16 GB.
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceFirst(
                "\\[ *16, *16, *16, *16, *48 *]", "[ 16384, 16384, 16384, 16384, 16384 ]"));
    assertThat(Files.readString(manifest)).contains("16384");

    assertThatThrownBy(() -> SpeakerModel.load(bundle, DeviceChoice.CPU))
        .isInstanceOf(IncompatibleModelException.class)
        .hasMessageContaining("has shape");
  }

  @Test
  void refusesABundleWithAChangedByte() throws IOException {
    Path bundle = RandomBundle.write(folder.resolve("changed"), RandomBundle.EMBEDDING);
    Path weights = bundle.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    assertThatThrownBy(() -> SpeakerModel.load(bundle, DeviceChoice.CPU))
        .isInstanceOf(BundleException.class);
  }

  private SpeakerModel load() throws IOException {
    return SpeakerModel.load(
        RandomBundle.write(folder.resolve("bundle"), RandomBundle.EMBEDDING), DeviceChoice.CPU);
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
