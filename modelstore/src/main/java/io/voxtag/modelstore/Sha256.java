package io.voxtag.modelstore;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Digests in lower-case hexadecimal digits. */
final class Sha256 {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String finish(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(byte[] content) {
    return HexFormat.of().formatHex(start().digest(content));
  }

  static boolean isOne(String text) {
    return HEX.matcher(text).matches();
  }

  /** The digest in lower case. */
  static String parse(String text) throws BundleRefusedException {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!isOne(lower)) {
      throw new BundleRefusedException(
          "'%s' is no SHA-256; it must be 64 hexadecimal digits".formatted(text));
    }
    return lower;
  }
}
