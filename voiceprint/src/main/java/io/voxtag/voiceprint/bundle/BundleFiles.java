package io.voxtag.voiceprint.bundle;

import io.voxtag.voiceprint.bundle.BundleException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads the files of a folder or zip into memory, bounded by their size once unpacked. What is
 * checked afterwards are the very bytes that are used.
 */
final class BundleFiles {
  static final String MANIFEST = "model.json";
  static final String SIGNATURE = "model.json.sig";
  static final String WEIGHTS = "weights.safetensors";
  static final String COHORT = "cohort.safetensors";

  private static final int MAX_FILES = 64;
  private static final int MAX_MANIFEST_BYTES = 4 << 20;

  private final String source;
  private final long maxBytes;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private long total;

  private BundleFiles(String source, long maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  /** Whether a file is part of every bundle without being listed in its manifest. */
  static boolean isUnlisted(String name) {
    return name.equals(MANIFEST) || name.equals(SIGNATURE);
  }

  static Map<String, byte[]> read(Path bundle, long maxBytes) throws IOException {
    BundleFiles reader = new BundleFiles(bundle.toString(), maxBytes);
    if (Files.isDirectory(bundle)) {
      reader.readDirectory(bundle);
    } else if (Files.exists(bundle)) {
      reader.readZip(bundle);
    } else {
      throw reader.refuse(
          Reason.MISSING, "there is nothing; a bundle is a folder or zip with a " + MANIFEST);
    }
    return reader.files;
  }

  private void readDirectory(Path directory) throws IOException {
    requireManifest(directory);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          throw refuse(Reason.DAMAGED, "'" + name + "' is not a plain file");
        }
        try (InputStream in = Files.newInputStream(entry)) {
          add(name, in);
        }
      }
    }
  }

  private void requireManifest(Path directory) throws IOException {
    if (Files.exists(directory.resolve(MANIFEST))) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        throw refuse(
            Reason.FOREIGN,
            "has no %s but %s (%s)"
                .formatted(MANIFEST, entry.getFileName(), ForeignFiles.describe(entry)));
      }
    }
    throw refuse(Reason.MISSING, "is an empty folder; a bundle has a " + MANIFEST);
  }

  private void readZip(Path file) throws IOException {
    if (!ForeignFiles.isZip(file)) {
      throw refuse(
          Reason.FOREIGN,
          "is %s, not a folder or zip with a %s".formatted(ForeignFiles.describe(file), MANIFEST));
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names = zip.stream().limit(MAX_FILES + 1L).map(ZipEntry::getName).toList();
      if (zip.getEntry(MANIFEST) == null) {
        throw refuse(
            Reason.FOREIGN,
            "is %s: it has no %s at its top".formatted(ForeignFiles.describeZip(names), MANIFEST));
      }
      for (ZipEntry entry : zip.stream().limit(MAX_FILES + 1L).toList()) {
        if (entry.getName().contains("/") || entry.getName().contains("\\")) {
          throw refuse(
              Reason.DAMAGED, "entry '" + entry.getName() + "' has a folder; none is allowed");
        }
        try (InputStream in = zip.getInputStream(entry)) {
          add(entry.getName(), in);
        }
      }
    } catch (ZipException e) {
      throw new BundleException(
          Reason.DAMAGED, source, "is not a readable zip: " + e.getMessage(), e);
    }
  }

  private void add(String name, InputStream in) throws IOException {
    long remaining = maxBytes - total;
    boolean manifest = isUnlisted(name);
    int limit = (int) Math.min(manifest ? MAX_MANIFEST_BYTES : Integer.MAX_VALUE - 16, remaining);
    byte[] content = in.readNBytes(limit);
    if (in.read() >= 0) {
      throw refuse(
          Reason.OVERSIZED,
          content.length == remaining
              ? "files are larger than %d bytes in all".formatted(maxBytes)
              : "%s is larger than %d bytes".formatted(name, limit));
    }
    if (files.put(name, content) != null) {
      throw refuse(Reason.DAMAGED, "has two entries '" + name + "'");
    }
    if (files.size() > MAX_FILES) {
      throw refuse(Reason.OVERSIZED, "has more than " + MAX_FILES + " files");
    }
    total += content.length;
  }

  private BundleException refuse(Reason reason, String detail) {
    return new BundleException(reason, source, detail);
  }
}
