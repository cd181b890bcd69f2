package io.voxtag.matcher.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voxtag.scoring.DecisionProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelTest {

  private static final String MANIFEST =
      """
      {"formatVersion": 1, "version": "m-7", "embeddingSize": 192, "sampleRate": 16000,
       "decision": {"threshold": 0.35, "calibration": {"scale": 2.0}}}
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
