package io.voxtag.modelstore;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What a store must know of a {@code model.json}: the version, and the digests of the files. */
final class BundleManifest {

  static final String NAME = "model.json";
  static final String SIGNATURE = "model.json.sig";
  static final int MAX_BYTES = 16 << 20;
  static final int MAX_SIGNATURE_BYTES = 4096;

  private static final long MAX_BUNDLE_BYTES = 2L << 30;
  private static final int MAX_FILES = 64;
  private static final int MAX_DEPTH = 32;
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final byte[] json;
  private final BundleKey key;
  private final Map<String, ListedFile> files;

  private BundleManifest(byte[] json, BundleKey key, Map<String, ListedFile> files) {
    this.json = json;
    this.key = key;
    this.files = files;
  }

  /**
   * Reads a {@code model.json}.
   *
   * @param source where it is from, for messages
   */
  static BundleManifest parse(byte[] json, String source) throws BundleRefusedException {
    JsonNode root = read(json, source);
    JsonNode version = root.path("version");
    if (!version.isTextual() || !isPlainName(version.textValue())) {
      throw new BundleRefusedException(
          "%s has version %s; it must be 1 to 100 letters, digits, '.', '_' or '-'"
              .formatted(source, version.isMissingNode() ? "missing" : version));
    }
    return new BundleManifest(
        json,
        new BundleKey(version.textValue(), Sha256.of(json)),
        files(root.path("files"), json.length, source));
  }

  /**
   * Reads a {@code model.json} if it is the one that was asked for.
   *
   * @param source where it is from, for messages
   */
  static BundleManifest parse(byte[] json, BundleKey wanted, String source)
      throws BundleRefusedException {
    requireDigest(Sha256.of(json), wanted.sha256(), source);
    BundleManifest manifest = parse(json, source);
    manifest.require(wanted, source);
    return manifest;
  }

  /** Whether a name may be one of a version or a file: no folders, no hidden files. */
  static boolean isPlainName(String name) {
    return PLAIN_NAME.matcher(name).matches();
  }

  static boolean isUnlisted(String name) {
    return name.equals(NAME) || name.equals(SIGNATURE);
  }

  private static JsonNode read(byte[] json, String source) throws BundleRefusedException {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new BundleRefusedException(source + " is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static Map<String, ListedFile> files(JsonNode node, long manifestBytes, String source)
      throws BundleRefusedException {
    if (!node.isObject() || node.isEmpty() || node.size() > MAX_FILES) {
      throw new BundleRefusedException(
          "%s must list 1 to %d files under 'files'".formatted(source, MAX_FILES));
    }
    Map<String, ListedFile> files = new LinkedHashMap<>();
    long room = MAX_BUNDLE_BYTES - manifestBytes;
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      ListedFile file = file(entry.getKey(), entry.getValue(), source);
      if (file.bytes() > room) {
        throw new BundleRefusedException(
            "%s lists more than %d bytes in all".formatted(source, MAX_BUNDLE_BYTES));
      }
      room -= file.bytes();
      files.put(entry.getKey(), file);
    }
    return Collections.unmodifiableMap(files);
  }

  private static ListedFile file(String name, JsonNode node, String source)
      throws BundleRefusedException {
    if (!isPlainName(name) || isUnlisted(name)) {
      throw new BundleRefusedException(
          "%s lists '%s'; a file name is letters, digits, '.', '_' or '-', without a folder"
              .formatted(source, name));
    }
    String sha256 = node.path("sha256").asText();
    JsonNode bytes = node.path("bytes");
    if (!Sha256.isOne(sha256)
        || !bytes.isIntegralNumber()
        || !bytes.canConvertToLong()
        || bytes.longValue() < 0) {
      throw new BundleRefusedException(
          "%s must list a 'sha256' of 64 lower-case hexadecimal digits and 'bytes' for '%s'"
              .formatted(source, name));
    }
    return new ListedFile(sha256, bytes.longValue());
  }

  /** The bytes of the file; not to be changed. */
  byte[] json() {
    return json;
  }

  BundleKey key() {
    return key;
  }

  /** All files but {@code model.json} and its signature, by name. */
  Map<String, ListedFile> files() {
    return files;
  }

  /** Refuses a bundle that is not the one that was asked for. */
  void require(BundleKey wanted, String source) throws BundleRefusedException {
    requireDigest(key.sha256(), wanted.sha256(), source);
    if (!key.version().equals(wanted.version())) {
      throw new BundleRefusedException(
          "%s is of version '%s' and not of '%s'"
              .formatted(source, key.version(), wanted.version()));
    }
  }

  private static void requireDigest(String actual, String wanted, String source)
      throws BundleRefusedException {
    if (!actual.equals(wanted)) {
      throw new BundleRefusedException(
          "%s has SHA-256 %s where %s was announced".formatted(source, actual, wanted));
    }
  }
}
