package io.voxtag.modelstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** Writes small bundles. */
final class TestBundle {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TestBundle() {}

  static Path write(Path folder, String version, String weights) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("weights.safetensors"), weights);
    ObjectNode manifest = JSON.createObjectNode().put("version", version);
    manifest
        .putObject("files")
        .putObject("weights.safetensors")
        .put("sha256", Digests.of(folder.resolve("weights.safetensors")))
        .put("bytes", Files.size(folder.resolve("weights.safetensors")));
    JSON.writeValue(folder.resolve("model.json").toFile(), manifest);
    return folder;
  }

  static KeyPair keys() throws Exception {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  static Path publicKey(Path file, KeyPair keys) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
  }

  static void sign(Path bundle, PrivateKey key) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(Files.readAllBytes(bundle.resolve("model.json")));
    Files.write(bundle.resolve("model.json.sig"), signature.sign());
  }
}
