package io.voxtag.voiceprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.audio.Resampler;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.network.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFusionTest {

  @TempDir private Path folder;

  @Test
  void theJointCosineIsTheWeightedMeanOfTheCosines() throws IOException {
    // given
    Path one = RandomBundle.write(folder.resolve("one"), RandomBundle.EMBEDDING, 40, 3);
    Path two = RandomBundle.write(folder.resolve("two"), RandomBundle.EMBEDDING, 40, 4);
    List<float[]> windows = List.of(noise(1), noise(2));
    // when
    Path joint = folder.resolve("joint");
    ModelFusion.fuse(
        List.of(ModelBundle.open(one), ModelBundle.open(two)),
        new ModelFusion.Weights(List.of(3.0, 1.0), List.of()),
        "joint-1",
        joint);
    // then
    assertThat(cosine(joint, windows))
        .isCloseTo(0.75 * cosine(one, windows) + 0.25 * cosine(two, windows), within(1e-3));
    try (SpeakerModel model = SpeakerModel.load(joint, DeviceChoice.CPU)) {
      assertThat(model.embeddingSize()).isEqualTo(2 * RandomBundle.EMBEDDING);
      assertThat(model.manifest().version()).isEqualTo("joint-1");
    }
  }

  @Test
  void aModelOfTheLowestBinsSharesTheFeaturesOfTheOther() throws IOException {
    // given
    Path wide = RandomBundle.write(folder.resolve("wide"), RandomBundle.EMBEDDING, 40, 3);
    Map<String, Object> lowest =
        Map.of("num_mel_bins", 29, "high_freq", upperEdge(29, 40, 20, 8000));
    Path narrow = RandomBundle.write(folder.resolve("narrow"), RandomBundle.EMBEDDING, lowest, 4);
    List<float[]> windows = List.of(noise(1), noise(2));
    // when
    Path joint = folder.resolve("joint");
    ModelFusion.fuse(
        List.of(ModelBundle.open(narrow), ModelBundle.open(wide)),
        new ModelFusion.Weights(List.of(1.0, 1.0), List.of()),
        "joint-1",
        joint);
    // then
    assertThat(cosine(joint, windows))
        .isCloseTo(0.5 * cosine(wide, windows) + 0.5 * cosine(narrow, windows), within(1e-3));
  }

  /** Where the triangle of a bin ends, in Hz, on the mel scale of Kaldi. */
  private static double upperEdge(int bin, int bins, double low, double high) {
    double from = 1127 * Math.log(1 + low / 700);
    double step = (1127 * Math.log(1 + high / 700) - from) / (bins + 1);
    return 700 * (Math.exp((from + (bin + 1) * step) / 1127) - 1);
  }

  @Test
  void speechThatCameOverATelephoneIsWeighedInItsOwnWay() throws IOException {
    // given
    Path one = RandomBundle.write(folder.resolve("one"), RandomBundle.EMBEDDING, 40, 3);
    Path two = RandomBundle.write(folder.resolve("two"), RandomBundle.EMBEDDING, 40, 4);
    Path joint = folder.resolve("joint");
    ModelFusion.fuse(
        List.of(ModelBundle.open(one), ModelBundle.open(two)),
        new ModelFusion.Weights(List.of(3.0, 1.0), List.of(0.0, 1.0)),
        "joint-1",
        joint);
    float[] wide = noise(1);
    float[] otherWide = noise(2);
    float[] call = telephone(wide);
    float[] otherCall = telephone(otherWide);
    // then a call is left to the second model
    assertThat(cosine(joint, List.of(call, otherCall)))
        .isCloseTo(cosine(two, List.of(call, otherCall)), within(1e-3));
    // and the rest to both
    assertThat(cosine(joint, List.of(wide, otherWide)))
        .isCloseTo(
            0.75 * cosine(one, List.of(wide, otherWide))
                + 0.25 * cosine(two, List.of(wide, otherWide)),
            within(1e-3));
    // and what is between the two to the second, by the root of its weights in both
    assertThat(cosine(joint, List.of(wide, call)))
        .isCloseTo(Math.sqrt(0.25) * cosine(two, List.of(wide, call)), within(1e-3));
    // also where they come in one batch
    try (SpeakerModel model = SpeakerModel.load(joint, DeviceChoice.CPU)) {
      float[][] together = model.embed(List.of(call, wide));
      assertThat(together[0]).containsExactly(model.embed(List.of(call))[0], within(1e-4f));
      assertThat(together[1]).containsExactly(model.embed(List.of(wide))[0], within(1e-4f));
    }
  }

  private static float[] telephone(float[] audio) {
    return Resampler.resample(Resampler.resample(audio, 16_000, 8000), 8000, 16_000);
  }

  @Test
  void weightsByBandNeedBinsAboveTheTelephonesBand() throws IOException {
    Map<String, Object> lowest =
        Map.of("num_mel_bins", 29, "high_freq", upperEdge(29, 40, 20, 8000));
    Path narrow = RandomBundle.write(folder.resolve("narrow"), RandomBundle.EMBEDDING, lowest, 4);
    ModelBundle model = ModelBundle.open(narrow);

    assertThatThrownBy(
            () ->
                ModelFusion.fuse(
                    List.of(model, model),
                    new ModelFusion.Weights(List.of(1.0, 1.0), List.of(0.0, 1.0)),
                    "joint-1",
                    folder.resolve("joint")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 4 kHz");
  }

  @Test
  void theTwoBandsMustBeComparable() {
    Map<String, Object> network = Map.of("use_model", "EcapaTdnn");

    assertThatThrownBy(
            () ->
                Architecture.FUSION.create(
                    Map.of(
                        "networks",
                        List.of(network, network),
                        "weights",
                        List.of(1.0, 0.0),
                        "narrowband",
                        Map.of("first_bin", 60, "weights", List.of(0.0, 1.0)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("could not be compared");
  }

  @Test
  void modelsOfDifferentFeaturesAreRefused() throws IOException {
    ModelBundle one = ModelBundle.open(RandomBundle.write(folder.resolve("one"), 24, 40, 3));
    ModelBundle two = ModelBundle.open(RandomBundle.write(folder.resolve("two"), 24, 60, 3));

    assertThatThrownBy(
            () ->
                ModelFusion.fuse(
                    List.of(one, two),
                    new ModelFusion.Weights(List.of(1.0, 1.0), List.of()),
                    "joint-1",
                    folder.resolve("joint")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("num_mel_bins");
    assertThat(Files.exists(folder.resolve("joint"))).isFalse();
  }

  @Test
  void aFusionInsideAFusionIsRefused() {
    Map<String, Object> inner = Map.of("use_model", "Fusion", "model_conf", Map.of());

    assertThatThrownBy(() -> Architecture.FUSION.create(Map.of("networks", List.of(inner, inner))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be part");
  }

  @Test
  void weightsMustBePositiveAndOneANetwork() {
    Map<String, Object> network = Map.of("use_model", "EcapaTdnn");

    for (List<Double> weights : List.of(List.of(1.0), List.of(1.0, -1.0))) {
      assertThatThrownBy(
              () ->
                  Architecture.FUSION.create(
                      Map.of("networks", List.of(network, network), "weights", weights)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("positive number a network");
    }
  }

  private static double cosine(Path bundle, List<float[]> windows) throws IOException {
    try (SpeakerModel model = SpeakerModel.load(bundle, DeviceChoice.CPU)) {
      float[][] vectors = model.embed(windows);
      double sum = 0;
      for (int i = 0; i < vectors[0].length; i++) {
        sum += (double) vectors[0][i] * vectors[1][i];
      }
      return sum;
    }
  }

  private static float[] noise(long seed) {
    Random random = new Random(seed);
    float[] samples = new float[16_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    return samples;
  }
}
