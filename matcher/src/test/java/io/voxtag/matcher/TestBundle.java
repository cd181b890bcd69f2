package io.voxtag.matcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes bundles without weights, which a matcher does not read. */
final class TestBundle {

  private TestBundle() {}

  /** A bundle with these fields in its model.json besides the version and the files. */
  static Path write(Path folder, String version, String fields) throws IOException {
    byte[] weights = version.getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(folder);
    Files.write(folder.resolve("weights.safetensors"), weights);
    Files.writeString(
        folder.resolve("model.json"),
        "{\"version\": \"%s\", %s, \"files\": {\"weights.safetensors\": {\"sha256\": \"%s\", \"bytes\": %d}}}"
            .formatted(version, fields, sha256(weights), weights.length));
    return folder;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has SHA-256", e);
    }
  }
}
