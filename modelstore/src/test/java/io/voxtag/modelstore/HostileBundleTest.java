package io.voxtag.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBundleTest {

  private static final String DIGEST = "a".repeat(64);

  @TempDir private Path folder;

  private ModelStore store;
  private TestBundle bundle;

  @BeforeEach
  void openStore() throws IOException {
    store =
        ModelStores.open(
                ModelStoreLocation.folder(folder.resolve("store"), folder.resolve("cache")))
            .orElseThrow();
    bundle = TestBundle.write(folder.resolve("bundle"), "v1", 1);
  }

  @AfterEach
  void nothingWasStored() throws IOException {
    store.close();
    assertThat(ModelStoreContract.list(folder.resolve("store"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../weights",
        "..",
        ".",
        "",
        "a/b",
        "a\\\\b",
        ".hidden",
        "model.json",
        "model.json.sig",
        "/etc/passwd",
        "caf\u00e9"
      })
  void fileNamesWithFoldersAreRefused(String name) throws IOException {
    manifest("{\"version\":\"v1\",\"files\":{\"%s\":{\"sha256\":\"%s\",\"bytes\":1}}}", name);
    refused("a file name is letters, digits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"..\"",
        "\"../v1\"",
        "\"a/b\"",
        "\"\"",
        "7",
        "null",
        "\".incoming-1\"",
        "[\"v1\"]"
      })
  void versionsThatAreNoNamesAreRefused(String version) throws IOException {
    manifest("{\"version\":%s,\"files\":{\"w\":{\"sha256\":\"%s\",\"bytes\":1}}}", version);
    refused("has version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "\"1\"", "1.5", "null", "99999999999999999999", "{}"})
  void sizesThatAreNoneAreRefused(String bytes) throws IOException {
    Files.writeString(
        bundle.file("model.json"),
        "{\"version\":\"v1\",\"files\":{\"w\":{\"sha256\":\"%s\",\"bytes\":%s}}}"
            .formatted(DIGEST, bytes));
    refused("'bytes' for 'w'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "{} {}",
        "{\"version\":\"v1\"}",
        "{\"version\":\"v1\",\"files\":{}}",
        "{\"version\":\"v1\",\"version\":\"v2\",\"files\":{}}"
      })
  void whatIsNoManifestIsRefused(String json) throws IOException {
    Files.writeString(bundle.file("model.json"), json);
    refused("model.json");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    Files.writeString(bundle.file("model.json"), "[".repeat(100_000));
    refused("is not valid JSON");
  }

  @Test
  void moreThanTwoGibibytesAreRefusedBeforeTheyAreRead() throws IOException {
    Files.writeString(
        bundle.file("model.json"),
        "{\"version\":\"v1\",\"files\":{\"a\":{\"sha256\":\"%1$s\",\"bytes\":%2$d},\"b\":{\"sha256\":\"%1$s\",\"bytes\":%2$d}}}"
            .formatted(DIGEST, 1L << 30));
    refused("lists more than 2147483648 bytes in all");
  }

  @Test
  void moreThanSixtyFourFilesAreRefused() throws IOException {
    StringBuilder files = new StringBuilder();
    for (int i = 0; i < 65; i++) {
      files.append(i == 0 ? "" : ",");
      files.append("\"f%d\":{\"sha256\":\"%s\",\"bytes\":1}".formatted(i, DIGEST));
    }
    Files.writeString(
        bundle.file("model.json"), "{\"version\":\"v1\",\"files\":{%s}}".formatted(files));
    refused("must list 1 to 64 files");
  }

  @Test
  void aManifestOfMoreThanSixteenMebibytesIsRefused() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(bundle.file("model.json").toFile(), "rw")) {
      file.setLength((16 << 20) + 1);
    }
    refused("model.json is larger than 16777216 bytes");
  }

  @Test
  void anUnlistedFileIsRefused() throws IOException {
    Files.createFile(bundle.file("run-me.py"));
    refused("has 'run-me.py', which its model.json does not list");
  }

  @Test
  void aChangedFileIsRefused() throws IOException {
    ModelStoreContract.flip(bundle.file("weights.safetensors"));
    refused("weights.safetensors has 100000 bytes of SHA-256");
  }

  @Test
  void aLinkIsRefused() throws IOException {
    Path outside = Files.move(bundle.file("weights.safetensors"), folder.resolve("outside"));
    Files.createSymbolicLink(bundle.file("weights.safetensors"), outside);
    refused("weights.safetensors is not a plain file");
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    Files.delete(bundle.file("cohort.safetensors"));
    refused("has no cohort.safetensors");
  }

  @Test
  void aPlaceWithoutABundleIsRefused() throws IOException {
    Files.delete(bundle.file("model.json"));
    refused("has no model.json");
    bundle = new TestBundle(folder.resolve("nowhere"));
    refused("is no folder");
  }

  private void manifest(String format, String value) throws IOException {
    Files.writeString(bundle.file("model.json"), format.formatted(value, DIGEST));
  }

  private void refused(String message) {
    assertThatThrownBy(() -> store.put(bundle.folder()))
        .isInstanceOf(BundleRefusedException.class)
        .hasMessageContaining(bundle.folder().toString())
        .hasMessageContaining(message);
  }
}
