package io.voxtag.voiceprint.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Ed25519 (RFC 8032) over the bytes of {@code model.json}, which holds the digests of all other
 * files. Keys are PEM files as {@code openssl genpkey -algorithm ed25519} and {@code openssl pkey
 * -pubout} write them.
 */
public final class BundleSignature {
  private static final String ALGORITHM = "Ed25519";
  private static final int MAX_KEY_BYTES = 10_000;

  private BundleSignature() {}

  /**
   * Reads a PEM public key.
   *
   * @throws IllegalArgumentException if the file is not one
   */
  public static PublicKey publicKey(Path pem) throws IOException {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(decode(pem, "PUBLIC KEY")));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(pem + " is not an Ed25519 public key", e);
    }
  }

  /**
   * Reads a PEM private key.
   *
   * @throws IllegalArgumentException if the file is not one
   */
  public static PrivateKey privateKey(Path pem) throws IOException {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(decode(pem, "PRIVATE KEY")));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(pem + " is not an Ed25519 private key", e);
    }
  }

  static byte[] sign(byte[] manifest, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(manifest);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot sign with this " + key.getAlgorithm() + " key", e);
    }
  }

  static boolean isValid(byte[] manifest, byte[] bytes, PublicKey key) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(manifest);
      return signature.verify(bytes);
    } catch (java.security.SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "cannot verify with this " + key.getAlgorithm() + " key; it must be Ed25519", e);
    }
  }

  private static byte[] decode(Path pem, String type) throws IOException {
    if (Files.size(pem) > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(pem + " is too large for a key");
    }
    String text = Files.readString(pem);
    String begin = "-----BEGIN " + type + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + type + "-----");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(pem + " has no " + begin);
    }
    return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
  }
}
