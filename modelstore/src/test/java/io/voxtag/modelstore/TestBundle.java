package io.voxtag.modelstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Random;

/** Small bundles, and keys to sign them with. */
record TestBundle(Path folder) {

  private static final int WEIGHTS = 100_000;

  /** A bundle whose weights follow from a seed. */
  static TestBundle write(Path folder, String version, int seed) throws IOException {
    byte[] weights = new byte[WEIGHTS];
    new Random(seed).nextBytes(weights);
    byte[] cohort = ("cohort " + seed).getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(folder);
    Files.write(folder.resolve("weights.safetensors"), weights);
    Files.write(folder.resolve("cohort.safetensors"), cohort);
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("formatVersion", 1).put("version", version);
    list(json.withObject("files"), "weights.safetensors", weights);
    list(json.withObject("files"), "cohort.safetensors", cohort);
    Files.writeString(folder.resolve("model.json"), json.toPrettyString());
    return new TestBundle(folder);
  }

  private static void list(ObjectNode files, String name, byte[] content) {
    files.putObject(name).put("sha256", Sha256.of(content)).put("bytes", content.length);
  }

  TestBundle sign(KeyPair keys) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(Files.readAllBytes(file("model.json")));
    Files.write(file("model.json.sig"), signature.sign());
    return this;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  static KeyPair keys() throws GeneralSecurityException {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  static Path pem(Path file, KeyPair keys) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
  }
}
