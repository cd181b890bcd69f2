package io.voxtag.voiceprint.bundle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleDamageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void aFlippedByteAnywhereInTheWeightsIsRefused() throws IOException {
    Path bundle = Bundles.write(folder);
    Path file = bundle.resolve("weights.safetensors");
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x10;
      Files.write(file, flipped);
      Bundles.assertRefused(bundle, Reason.DAMAGED, "weights.safetensors has");
    }
  }

  @Test
  void aFlippedByteAnywhereInASignedManifestIsRefused() throws Exception {
    Path bundle = Bundles.write(folder);
    var keys = java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    ModelBundle.sign(bundle, keys.getPrivate());
    Path file = bundle.resolve("model.json");
    byte[] whole = Files.readAllBytes(file);
    BundlePolicy policy = BundlePolicy.DEFAULT.signedBy(keys.getPublic());
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x01;
      Files.write(file, flipped);
      assertThatThrownBy(() -> ModelBundle.open(bundle, policy))
          .isInstanceOf(BundleException.class)
          .hasMessageContaining("signature");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.json", "weights.safetensors"})
  void aTruncatedFileIsRefused(String name) throws IOException {
    Path bundle = Bundles.write(folder);
    byte[] whole = Files.readAllBytes(bundle.resolve(name));
    Files.write(bundle.resolve(name), Arrays.copyOf(whole, whole.length / 2));
    Bundles.assertRefused(bundle, Reason.DAMAGED, name);
  }

  @Test
  void missingWeightsAreRefused() throws IOException {
    Path bundle = Bundles.write(folder);
    Files.delete(bundle.resolve("weights.safetensors"));
    Bundles.assertRefused(bundle, Reason.MISSING, "has no weights.safetensors");
  }

  @Test
  void aFileThatIsNotListedIsRefused() throws IOException {
    Path bundle = Bundles.write(folder);
    Files.writeString(bundle.resolve("hook.py"), "print()");
    Bundles.assertRefused(bundle, Reason.DAMAGED, "'hook.py' is not listed");
  }

  @Test
  void aFolderOrLinkInsideIsRefused() throws IOException {
    Path bundle = Bundles.write(folder);
    Path link = bundle.resolve("link");
    Files.createSymbolicLink(link, Path.of("/etc/hostname"));
    Bundles.assertRefused(bundle, Reason.DAMAGED, "'link' is not a plain file");
    Files.delete(link);
    Files.createDirectory(bundle.resolve("more"));
    Bundles.assertRefused(bundle, Reason.DAMAGED, "'more' is not a plain file");
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() throws IOException {
    Path bundle = Bundles.write(folder);
    Bundles.replaceWeights(
        bundle, Bundles.safetensors(TensorData.of("w", new float[] {1, Float.NaN}, 2)));
    Bundles.assertRefused(bundle, Reason.INVALID, "'w' has values that are not finite");
  }

  @Test
  void weightsWhoseHeaderLiesAreRefusedEvenWhenListed() throws IOException {
    Path bundle = Bundles.write(folder);
    byte[] weights = Bundles.safetensors(TensorData.of("w", new float[] {1}, 1));
    ByteBuffer.wrap(weights).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
    Bundles.replaceWeights(bundle, weights);
    Bundles.assertRefused(bundle, Reason.DAMAGED, "header length 1099511627776");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "version | 7",
        "version | \"../up\"",
        "version | \"\"",
        "architecture | \"EcapaTdnn\"",
        "architecture.name | null",
        "architecture.args | []",
        "features.method | 3",
        "features.args | \"x\"",
        "sampleRate | 0",
        "sampleRate | 16000.5",
        "sampleRate | \"16000\"",
        "embeddingSize | -192",
        "embeddingSize | 1000000",
        "embeddingSize | 99999999999999999999",
        "createdAt | \"yesterday\"",
        "decision | 0.5",
        "trainingData.digest | \" \"",
        "trainingData.speakers | -1",
        "metrics | {\"eer\": \"low\"}",
        "attribution | \"none\"",
        "attribution | [1]",
        "files | {}",
        "files | {\"../../x\": {\"sha256\": \"00\", \"bytes\": 1}}",
        "files | {\"weights.safetensors\": {\"sha256\": \"00\", \"bytes\": 1}}",
        "surprise | 1",
      })
  void aWrongFieldIsNamed(String path, String value) throws IOException {
    Path bundle = Bundles.write(folder);
    change(bundle, path, JSON.readTree(value));
    Bundles.assertRefused(bundle, Reason.INVALID, path.substring(path.lastIndexOf('.') + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "architecture",
        "features",
        "sampleRate",
        "embeddingSize",
        "createdAt",
        "decision",
        "trainingData",
        "metrics",
        "attribution",
        "files"
      })
  void aMissingFieldIsNamed(String name) throws IOException {
    Path bundle = Bundles.write(folder);
    ObjectNode json = manifest(bundle);
    json.remove(name);
    JSON.writeValue(bundle.resolve("model.json").toFile(), json);
    Bundles.assertRefused(bundle, Reason.INVALID, "'" + name + "' is missing");
  }

  @Test
  void aLaterFormatIsNotGuessedAt() throws IOException {
    Path bundle = Bundles.write(folder);
    change(bundle, "formatVersion", JSON.readTree("2"));
    Bundles.assertRefused(bundle, Reason.UNSUPPORTED, "formatVersion 2; this program reads 1");
  }

  @Test
  void anotherProgramsModelJsonIsForeign() throws IOException {
    Path bundle = Files.createDirectory(folder.resolve("tfjs"));
    Files.writeString(bundle.resolve("model.json"), "{\"format\":\"layers-model\"}");
    Bundles.assertRefused(bundle, Reason.FOREIGN, "has no formatVersion");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "/etc/evil", "a/weights.safetensors", "..\\evil"})
  void aZipEntryWithAFolderIsRefused(String name) throws IOException {
    Map<String, byte[]> entries =
        new LinkedHashMap<>(BundleFiles.read(Bundles.write(folder), 1 << 20));
    entries.put(name, new byte[1]);
    Bundles.assertRefused(
        Bundles.zip(folder.resolve("slip.zip"), entries), Reason.DAMAGED, "has a folder");
  }

  @Test
  void aZipWithTwoEntriesOfOneNameIsRefused() throws IOException {
    // given a zip whose entry "model.jsoX" is then renamed in place
    Map<String, byte[]> entries =
        new LinkedHashMap<>(BundleFiles.read(Bundles.write(folder), 1 << 20));
    entries.put("model.jsoX", Bundles.bytes("{}"));
    Path zip = Bundles.zip(folder.resolve("twice.zip"), entries);
    String content =
        new String(Files.readAllBytes(zip), java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(zip, Bundles.bytes(content.replace("model.jsoX", "model.json")));
    // then
    Bundles.assertRefused(zip, Reason.DAMAGED, "two entries 'model.json'");
  }

  @Test
  void aZipOfTooManyFilesIsRefused() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("model.json", Bundles.bytes("{}"));
    for (int i = 0; i < 100; i++) {
      entries.put("file" + i, new byte[0]);
    }
    Bundles.assertRefused(
        Bundles.zip(folder.resolve("many.zip"), entries), Reason.OVERSIZED, "more than 64 files");
  }

  @Test
  void aTruncatedZipIsRefused() throws IOException {
    Path zip =
        Bundles.zip(folder.resolve("b.zip"), BundleFiles.read(Bundles.write(folder), 1 << 20));
    byte[] whole = Files.readAllBytes(zip);
    Files.write(zip, Arrays.copyOf(whole, whole.length - 30));
    Bundles.assertRefused(zip, Reason.DAMAGED, "not a readable zip");
  }

  @Test
  void aHugeManifestIsRefused() throws IOException {
    Path bundle = Bundles.write(folder);
    Files.write(bundle.resolve("model.json"), new byte[5 << 20]);
    Bundles.assertRefused(bundle, Reason.OVERSIZED, "model.json is larger than");
  }

  private static ObjectNode manifest(Path bundle) throws IOException {
    return (ObjectNode) JSON.readTree(bundle.resolve("model.json").toFile());
  }

  private static void change(Path bundle, String path, JsonNode value) throws IOException {
    ObjectNode json = manifest(bundle);
    int dot = path.lastIndexOf('.');
    ObjectNode parent = dot < 0 ? json : (ObjectNode) json.get(path.substring(0, dot));
    parent.set(path.substring(dot + 1), value);
    JSON.writeValue(bundle.resolve("model.json").toFile(), json);
  }
}
