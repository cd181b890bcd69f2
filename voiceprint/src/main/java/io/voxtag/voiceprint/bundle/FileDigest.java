package io.voxtag.voiceprint.bundle;

import io.voxtag.voiceprint.bundle.ModelManifest.FileEntry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a manifest lists of a file. */
final class FileDigest {
  private FileDigest() {}

  static FileEntry of(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return new FileEntry(HexFormat.of().formatHex(digest), content.length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
