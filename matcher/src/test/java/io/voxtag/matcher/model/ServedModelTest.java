package io.voxtag.matcher.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.voxtag.scoring.CohortStatistics;
import io.voxtag.scoring.DecisionProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelTest {

  private static final String MANIFEST =
      """
      {"formatVersion": 1, "version": "m-7", "embeddingSize": 192, "sampleRate": 16000,
       "decision": {"threshold": 0.35, "colour": {"scale": 2.0}}}
      """;

  private static final String NORMALISED =
      """
      {"formatVersion": 1, "version": "m-8", "embeddingSize": 2, "sampleRate": 16000,
       "decision": {"threshold": 3.5, "sameVoiceThreshold": 0.3, "duplicateThreshold": 0.8,
                    "scoreNorm": {"method": "as-norm", "topK": 2}},
       "files": {"cohort.safetensors": {"sha256": "%s", "bytes": 1}}}
      """;

  @TempDir Path folder;

  @Test
  void readsVersionSizeAndThresholdOfADirectory() throws IOException {
    // given
    Files.writeString(folder.resolve("model.json"), MANIFEST);

    // when
    ServedModel model = ServedModel.read(folder);

    // then
    assertThat(model).isEqualTo(new ServedModel("m-7", 192, DecisionProfile.withThreshold(0.35)));
  }

  @Test
  void readsTheSameFromAZipFile() throws IOException {
    // given
    Path zip = folder.resolve("m-7.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("model.json"));
      out.write(MANIFEST.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }

    // when
    ServedModel model = ServedModel.read(zip);

    // then
    assertThat(model.version()).isEqualTo("m-7");
  }

  @Test
  void readsTheCohortThatScoresAreNormalisedWith() throws Exception {
    // given: two voices, the axes of a plane
    byte[] cohort = cohort("[2,2]", 16, 1, 0, 0, 1);

    // when
    ServedModel model = ServedModel.read(normalised(cohort, cohort));

    // then: cosines of 0.6 and 0.8
    CohortStatistics statistics = model.norm().of(new float[] {0.6f, 0.8f});
    assertThat(statistics.mean()).isCloseTo(0.7, within(1e-6));
    assertThat(statistics.deviation()).isCloseTo(0.1, within(1e-6));
    assertThat(model.decision().threshold()).isEqualTo(3.5);
  }

  @Test
  void aCohortThatIsNoneIsRefused() throws Exception {
    byte[] right = cohort("[2,2]", 16, 1, 0, 0, 1);
    byte[] changed = right.clone();
    changed[changed.length - 1] ^= 1;

    assertRefused(normalised(changed, right), "where model.json lists");
    assertRefused(listed(cohort("[1,4]", 16, 1, 0, 0, 1)), "[2 to 10000, 2]");
    assertRefused(listed(cohort("[4,2]", 32, 1, 0, 0, 1)), "[2 to 10000, 2]");
    assertRefused(listed(cohort("[2,2]", 8, 1, 0, 0, 1)), "[2 to 10000, 2]");
    assertRefused(listed(cohort("[2,2]", 16, 1, 0, 0, 5)), "Vector 1 has length 5");
    assertRefused(listed(new byte[] {1, 2, 3}), "its header is not whole");
    assertRefused(listed(new byte[100]), "its header is not whole");
    Files.delete(folder.resolve("cohort.safetensors"));
    assertRefused(folder, "cohort.safetensors");
    assertRefused(
        manifest(NORMALISED.replace("cohort.safetensors", "other")),
        "model.json lists no cohort.safetensors");
  }

  private Path listed(byte[] cohort) throws Exception {
    return normalised(cohort, cohort);
  }

  private Path normalised(byte[] cohort, byte[] listed) throws Exception {
    Files.write(folder.resolve("cohort.safetensors"), cohort);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(listed);
    return manifest(NORMALISED.formatted(HexFormat.of().formatHex(digest)));
  }

  private static byte[] cohort(String shape, int end, float... values) {
    byte[] header =
        "{\"cohort\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[0,%d]}}"
            .formatted(shape, end)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + header.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }

  @Test
  void whatCannotBeUsedIsRefusedWithThePathAndTheReason() throws IOException {
    assertRefused(folder.resolve("nowhere"), "is no directory and no file");
    assertRefused(folder, "model.json");
    assertRefused(manifest("{"), "");
    assertRefused(manifest("{\"embeddingSize\": 2}"), "names no version");
    assertRefused(manifest(MANIFEST.replace("192", "0")), "embeddingSize is 0");
    assertRefused(manifest("{\"version\": \"m\", \"embeddingSize\": 2}"), "no decision");
    assertRefused(manifest(MANIFEST.replace("0.35", "7")), "decision.threshold is 7.0");
    assertRefused(Files.writeString(folder.resolve("text.zip"), "no zip"), "zip");
  }

  private Path manifest(String json) throws IOException {
    Files.writeString(folder.resolve("model.json"), json);
    return folder;
  }

  private static void assertRefused(Path bundle, String reason) {
    assertThatThrownBy(() -> ServedModel.read(bundle))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining(bundle.toString())
        .hasMessageContaining("voxtag.model")
        .hasMessageContaining(reason);
  }
}
