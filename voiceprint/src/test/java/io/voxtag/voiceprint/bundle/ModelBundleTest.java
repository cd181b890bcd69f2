package io.voxtag.voiceprint.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBundleTest {
  @TempDir private Path folder;

  @Test
  void aZipIsAFolderWhileThatIsNeededAndAFolderStaysOne() throws IOException {
    Path written = Bundles.write(folder);
    Path zip = Bundles.zip(folder.resolve("bundle.zip"), BundleFiles.read(written, 1 << 20));

    Path unpacked;
    try (BundleFolder of = BundleFolder.of(zip)) {
      unpacked = of.path();
      assertThat(BundleFiles.read(unpacked, 1 << 20))
          .containsExactlyInAnyOrderEntriesOf(BundleFiles.read(written, 1 << 20));
    }
    assertThat(unpacked).doesNotExist();

    try (BundleFolder of = BundleFolder.of(written)) {
      assertThat(of.path()).isEqualTo(written);
    }
    assertThat(written).isDirectory();
  }

  @Test
  void whatWasWrittenIsOpened() throws IOException {
    // when
    ModelBundle bundle = ModelBundle.open(Bundles.write(folder));
    // then
    assertThat(ManifestDraft.of(bundle.manifest())).isEqualTo(Bundles.DRAFT);
    assertThat(bundle.tensors().values()).containsExactlyInAnyOrderElementsOf(Bundles.TENSORS);
    assertThat(bundle.file("weights.safetensors").remaining())
        .isEqualTo((int) bundle.manifest().files().get("weights.safetensors").bytes());
  }

  @Test
  void theManifestIsJsonUnderItsAgreedNames() throws IOException {
    Path bundle = Bundles.write(folder);
    var json = new ObjectMapper().readTree(bundle.resolve("model.json").toFile());
    assertThat(json.path("version").asText()).isEqualTo("starter-1.0");
    assertThat(json.path("embeddingSize").asInt()).isEqualTo(192);
    assertThat(json.path("decision").path("threshold").asDouble()).isEqualTo(0.37);
    assertThat(json.path("architecture").path("args").path("channels").size()).isEqualTo(3);
  }

  @Test
  void halfPrecisionIsForMatricesOnly() throws IOException {
    ModelBundle bundle =
        ModelBundle.write(folder.resolve("half"), Bundles.DRAFT, Bundles.TENSORS, DType.F16);
    assertThat(bundle.tensors().get("fc.weight").dtype()).isEqualTo(DType.F16);
    assertThat(bundle.tensors().get("fc.bias").toFloats()).containsExactly(0.1f, 1e-9f);
    assertThat(bundle.tensors().get("norm.num_batches_tracked").toLongs()).containsExactly(123);
  }

  @Test
  void aZipIsOpenedLikeAFolder() throws IOException {
    Path zip =
        Bundles.zip(folder.resolve("bundle.zip"), BundleFiles.read(Bundles.write(folder), 1 << 20));
    assertThat(ModelBundle.open(zip).tensors()).hasSize(3);
  }

  @Test
  void theSameModelIsWrittenTwiceWithoutHarm() throws IOException {
    // given
    Path bundle = Bundles.write(folder);
    // when it is made again later
    ModelBundle again =
        ModelBundle.write(
            bundle,
            Bundles.DRAFT.withCreatedAt(Instant.parse("2027-01-01T00:00:00Z")),
            Bundles.TENSORS,
            DType.F32);
    // then the first one stays
    assertThat(again.manifest().createdAt()).isEqualTo(Bundles.DRAFT.createdAt());
  }

  @Test
  void anotherModelIsNotWrittenOverIt() throws IOException {
    Path bundle = Bundles.write(folder);
    assertThatThrownBy(() -> ModelBundle.write(bundle, Bundles.DRAFT, Bundles.TENSORS, DType.F16))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT))
        .hasMessageContaining("starter-1.0");
    assertThat(ModelBundle.open(bundle).tensors().get("fc.weight").dtype()).isEqualTo(DType.F32);
  }

  @Test
  void aFolderWithOtherFilesIsLeftAlone() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("mine")).resolve("letter"), "dear");
    assertThatThrownBy(
            () ->
                ModelBundle.write(
                    folder.resolve("mine"), Bundles.DRAFT, Bundles.TENSORS, DType.F32))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
    assertThat(folder.resolve("mine/letter")).hasContent("dear");
    assertThat(names(folder)).containsExactly("mine");
  }

  @Test
  void anEmptyFolderIsFilled() throws IOException {
    Path bundle = Files.createDirectory(folder.resolve("bundle"));
    ModelBundle.write(bundle, Bundles.DRAFT, Bundles.TENSORS, DType.F32);
    assertThat(names(folder)).containsExactly("bundle");
    assertThat(names(bundle)).containsExactlyInAnyOrder("model.json", "weights.safetensors");
  }

  @Test
  void othersMayReadWhatTheUmaskAllows() throws IOException {
    Path plain = Files.createDirectory(folder.resolve("plain"));
    Assumptions.assumeTrue(
        Files.getFileStore(plain).supportsFileAttributeView("posix"), "no POSIX permissions here");
    var expected = Files.getPosixFilePermissions(plain);
    assertThat(Files.getPosixFilePermissions(Bundles.write(folder))).isEqualTo(expected);
    assertThat(expected).contains(PosixFilePermission.OWNER_READ);
  }

  @Test
  void weightsThatAreNotFiniteAreNotWritten() throws IOException {
    List<TensorData> tensors = List.of(TensorData.of("w", new float[] {Float.NaN}, 1));
    assertThatThrownBy(
            () -> ModelBundle.write(folder.resolve("b"), Bundles.DRAFT, tensors, DType.F32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'w'");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void aManifestThatCouldNotBeReadIsNotWritten() throws IOException {
    ManifestDraft draft = Bundles.DRAFT;
    ManifestDraft unnamed =
        new ManifestDraft(
            "a/b",
            draft.architecture(),
            draft.features(),
            draft.sampleRate(),
            draft.embeddingSize(),
            draft.createdAt(),
            draft.decision(),
            draft.trainingData(),
            draft.metrics(),
            draft.attribution());
    assertThatThrownBy(
            () -> ModelBundle.write(folder.resolve("b"), unnamed, Bundles.TENSORS, DType.F32))
        .hasMessageContaining("'version' is \"a/b\"");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void theDecisionCannotBeChangedFromOutside() throws IOException {
    ModelManifest manifest = ModelBundle.open(Bundles.write(folder)).manifest();
    manifest.decision().put("threshold", -1);
    assertThat(manifest.decision().path("threshold").asDouble()).isEqualTo(0.37);
  }

  @Test
  void aBundleBeyondTheSizeLimitIsRefused() throws IOException {
    List<TensorData> tensors = new ArrayList<>();
    tensors.add(TensorData.of("w", new float[10_000], 100, 100));
    Path bundle = folder.resolve("large");
    ModelBundle.write(bundle, Bundles.DRAFT, tensors, DType.F32);
    BundlePolicy small = new BundlePolicy(20_000, java.util.Optional.empty());
    assertThatThrownBy(() -> ModelBundle.open(bundle, small))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OVERSIZED));
  }

  @Test
  void aZipIsMeasuredUnpacked() throws IOException {
    byte[] zeros = new byte[10 << 20];
    Path bomb =
        Bundles.zip(
            folder.resolve("bomb.zip"), Map.of("model.json", zeros, "weights.safetensors", zeros));
    assertThat(Files.size(bomb)).isLessThan(100_000);
    BundlePolicy policy = new BundlePolicy(8 << 20, java.util.Optional.empty());
    assertThatThrownBy(() -> ModelBundle.open(bomb, policy))
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OVERSIZED));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
