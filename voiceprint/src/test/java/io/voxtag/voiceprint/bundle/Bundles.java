package io.voxtag.voiceprint.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.voiceprint.bundle.BundleException.Reason;
import io.voxtag.voiceprint.bundle.ModelManifest.Architecture;
import io.voxtag.voiceprint.bundle.ModelManifest.Features;
import io.voxtag.voiceprint.bundle.ModelManifest.TrainingData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small bundle, and ways to spoil one. */
final class Bundles {
  static final ManifestDraft DRAFT = draft();
  static final List<TensorData> TENSORS =
      List.of(
          TensorData.of("fc.weight", new float[] {0.1f, -2, 3, 4, 5, 0.333f}, 2, 3),
          TensorData.of("fc.bias", new float[] {0.1f, 1e-9f}, 2),
          TensorData.of("norm.num_batches_tracked", new long[] {123}));

  private Bundles() {}

  static Path write(Path folder) throws IOException {
    Path bundle = folder.resolve("bundle");
    ModelBundle.write(bundle, DRAFT, TENSORS, DType.F32);
    return bundle;
  }

  /** Puts other weights under a manifest that lists them. */
  static void replaceWeights(Path bundle, byte[] weights) throws IOException {
    Files.write(bundle.resolve(BundleFiles.WEIGHTS), weights);
    ModelManifest manifest = DRAFT.withFiles(Map.of(BundleFiles.WEIGHTS, FileDigest.of(weights)));
    Files.write(bundle.resolve(BundleFiles.MANIFEST), ManifestJson.write(manifest));
  }

  static byte[] safetensors(TensorData... tensors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, List.of(tensors), Map.of());
    return out.toByteArray();
  }

  static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static void assertRefused(Path bundle, Reason reason, String message) {
    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> ModelBundle.open(bundle));
    assertThat(refusal).as("refusal of %s", bundle).isNotNull();
    assertThat(refusal).hasMessageStartingWith(bundle.toString()).hasMessageContaining(message);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  private static ManifestDraft draft() {
    ObjectNode decision = JsonNodeFactory.instance.objectNode().put("threshold", 0.37);
    return new ManifestDraft(
        "starter-1.0",
        new Architecture("EcapaTdnn", Map.of("channels", List.of(8, 8, 8), "global_context", true)),
        new Features("Fbank", Map.of("num_mel_bins", 80, "frame_length", 25.0)),
        16_000,
        192,
        Instant.parse("2026-01-31T12:00:00Z"),
        decision,
        new TrainingData("sha256:00ff", "generated", 2, 20),
        Map.of("eer.test", 0.05),
        List.of("Apache-2.0", "Speech by Ana Núñez, CC-BY-4.0"));
  }
}
