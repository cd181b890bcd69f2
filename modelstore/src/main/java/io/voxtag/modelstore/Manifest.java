package io.voxtag.modelstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a store has to know of a {@code model.json}.
 *
 * @param version name of the model
 * @param files digest and size of every other file
 */
record Manifest(String version, Map<String, Listed> files) {

  static final String FILE = "model.json";
  static final String SIGNATURE = "model.json.sig";
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final long MOST_BUNDLE_BYTES = 2L << 30;
  private static final String VERSION = "[A-Za-z0-9._-]{1,100}";
  private static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A file of the bundle. */
  record Listed(String sha256, long bytes) {}

  /**
   * Reads a manifest.
   *
   * @param source what messages call the bundle
   * @throws BundleRefusedException if it is malformed, or names what no bundle may name
   */
  static Manifest read(byte[] json, String source) throws IOException {
    JsonNode tree;
    try {
      tree = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new BundleRefusedException(
          "%s/%s is no JSON: %s".formatted(source, FILE, e.getOriginalMessage()));
    }
    String version = tree.path("version").asText("");
    if (!version.matches(VERSION) || version.matches("\\.+")) {
      throw new BundleRefusedException(
          "%s/%s has the version '%s'; it must be 1 to 100 letters, digits, dots, _ or -"
              .formatted(source, FILE, version));
    }
    Map<String, Listed> files = new LinkedHashMap<>();
    long sum = json.length;
    for (Map.Entry<String, JsonNode> entry : tree.path("files").properties()) {
      String name = entry.getKey();
      String sha256 = entry.getValue().path("sha256").asText("");
      long bytes = entry.getValue().path("bytes").asLong(-1);
      if (!name.matches(NAME) || name.equals(FILE) || name.equals(SIGNATURE)) {
        throw new BundleRefusedException(
            "%s/%s lists '%s', which is no name of a file in a bundle"
                .formatted(source, FILE, name));
      }
      if (!Digests.isSha256(sha256) || bytes < 0) {
        throw new BundleRefusedException(
            "%s/%s lists %s without a SHA-256 and a size".formatted(source, FILE, name));
      }
      sum += bytes;
      files.put(name, new Listed(sha256, bytes));
    }
    if (files.isEmpty() || sum > MOST_BUNDLE_BYTES) {
      throw new BundleRefusedException(
          "%s lists %d files of %d bytes; a bundle has at least one and at most %d bytes"
              .formatted(source, files.size(), sum, MOST_BUNDLE_BYTES));
    }
    return new Manifest(version, files);
  }
}
