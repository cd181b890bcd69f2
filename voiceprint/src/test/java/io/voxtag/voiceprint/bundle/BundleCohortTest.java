package io.voxtag.voiceprint.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleCohortTest {
  private static final int SIZE = Bundles.DRAFT.embeddingSize();

  @TempDir private Path folder;

  @Test
  void aCohortComesBackAsItWasWritten() throws IOException {
    List<float[]> cohort = List.of(axis(0), axis(5), axis(7));

    ModelBundle bundle = write(cohort);

    assertThat(bundle.cohort()).usingElementComparator(java.util.Arrays::compare).isEqualTo(cohort);
    assertThat(bundle.manifest().files())
        .containsOnlyKeys("weights.safetensors", "cohort.safetensors");
    assertThat(bundle.tensors()).hasSameSizeAs(Bundles.TENSORS);
  }

  @Test
  void aBundleWithoutACohortHasNone() throws IOException {
    assertThat(ModelBundle.open(Bundles.write(folder)).cohort()).isEmpty();
  }

  @Test
  void theSameModelWithAnotherCohortIsAnotherModel() throws IOException {
    write(List.of(axis(0), axis(1)));

    write(List.of(axis(0), axis(1)));
    assertThatThrownBy(() -> write(List.of(axis(0), axis(2))))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("already holds another model");
  }

  @Test
  void aFlippedByteIsRefused() throws IOException {
    write(List.of(axis(0), axis(1)));
    Path file = folder.resolve("bundle").resolve("cohort.safetensors");
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);

    Bundles.assertRefused(
        folder.resolve("bundle"), Reason.DAMAGED, "cohort.safetensors has 1616 bytes");
  }

  @Test
  void voicesThatAreNoneAreRefusedWhoeverListedThem() throws IOException {
    float[] half = new float[SIZE];
    half[3] = 0.5f;
    float[] broken = axis(0);
    broken[9] = Float.NaN;
    float[] flat = new float[2 * SIZE];

    assertListedIsRefused("voice 1 has length 0.5", matrix(axis(0), half));
    assertListedIsRefused("voice 0 has length NaN", matrix(broken, axis(1)));
    assertListedIsRefused("[2 to 10000, 192]", matrix(axis(0)));
    assertListedIsRefused("[2 to 10000, 192]", TensorData.of("cohort", flat, 4, SIZE / 2));
    assertListedIsRefused("[2 to 10000, 192]", TensorData.of("cohort", flat, 2L * SIZE));
    assertListedIsRefused("one F32 tensor 'cohort'", TensorData.of("voices", flat, 2, SIZE));
    assertListedIsRefused("one F32 tensor 'cohort'", matrix(axis(0), axis(1)).as(DType.F16));
    assertListedIsRefused(
        "one F32 tensor 'cohort'", matrix(axis(0), axis(1)), TensorData.of("b", flat, 2, SIZE));
  }

  @Test
  void aCohortThatCouldNotBeReadIsNotWritten() {
    assertThatThrownBy(() -> write(List.of(axis(0), new float[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("voice 1 of the cohort has 1 values, not 192");
    assertThatThrownBy(() -> write(List.of(axis(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 to 10000");
    assertThat(folder.resolve("bundle")).doesNotExist();
  }

  private ModelBundle write(List<float[]> cohort) throws IOException {
    return ModelBundle.write(
        folder.resolve("bundle"), Bundles.DRAFT, Bundles.TENSORS, DType.F32, cohort);
  }

  private void assertListedIsRefused(String message, TensorData... tensors) throws IOException {
    Path bundle = Files.createTempDirectory(folder, "bundle");
    byte[] weights = Bundles.safetensors(Bundles.TENSORS.toArray(TensorData[]::new));
    byte[] cohort = Bundles.safetensors(tensors);
    Files.write(bundle.resolve(BundleFiles.WEIGHTS), weights);
    Files.write(bundle.resolve(BundleFiles.COHORT), cohort);
    Files.write(
        bundle.resolve(BundleFiles.MANIFEST),
        ManifestJson.write(
            Bundles.DRAFT.withFiles(
                Map.of(
                    BundleFiles.WEIGHTS,
                    FileDigest.of(weights),
                    BundleFiles.COHORT,
                    FileDigest.of(cohort)))));
    Bundles.assertRefused(bundle, Reason.INVALID, message);
  }

  private static TensorData matrix(float[]... rows) {
    List<Float> values = new ArrayList<>();
    for (float[] row : rows) {
      for (float value : row) {
        values.add(value);
      }
    }
    float[] flat = new float[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.get(i);
    }
    return TensorData.of("cohort", flat, rows.length, SIZE);
  }

  private static float[] axis(int dimension) {
    float[] vector = new float[SIZE];
    vector[dimension] = 1;
    return vector;
  }
}
