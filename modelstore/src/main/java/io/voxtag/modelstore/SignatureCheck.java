package io.voxtag.modelstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Demands an Ed25519 (RFC 8032) signature of {@code model.json}, or none. Keys are PEM files as
 * {@code openssl pkey -pubout} writes them.
 */
final class SignatureCheck {

  /** Takes every bundle. */
  static final SignatureCheck NONE = new SignatureCheck(null);

  private static final String ALGORITHM = "Ed25519";
  private static final String KEY = "voxtag.models.signed-by";
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";
  private static final int MAX_KEY_BYTES = 10_000;

  private final @Nullable PublicKey signer;

  private SignatureCheck(@Nullable PublicKey signer) {
    this.signer = signer;
  }

  /**
   * Takes bundles that a key has signed.
   *
   * @param pem its file
   * @throws IllegalArgumentException if that is no Ed25519 public key, or cannot be read
   */
  static SignatureCheck by(Path pem) {
    try {
      return new SignatureCheck(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(decode(pem))));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s is '%s', which cannot be read: %s".formatted(KEY, pem, e), e);
    } catch (GeneralSecurityException e) {
      throw wrong(pem, "which is not an Ed25519 public key");
    }
  }

  private static byte[] decode(Path pem) throws IOException {
    if (Files.size(pem) > MAX_KEY_BYTES) {
      throw wrong(pem, "which is too large for a key");
    }
    String text = Files.readString(pem);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw wrong(pem, "which has no " + BEGIN);
    }
    return Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to));
  }

  private static IllegalArgumentException wrong(Path pem, String what) {
    return new IllegalArgumentException(
        "%s is '%s', %s; it must be the PEM file of an Ed25519 public key"
            .formatted(KEY, pem, what));
  }

  /**
   * Refuses a bundle that is not signed as demanded.
   *
   * @param source where it is from, for messages
   */
  void require(BundleManifest manifest, byte @Nullable [] signature, String source)
      throws BundleRefusedException {
    if (signer == null) {
      return;
    }
    if (signature == null) {
      throw new BundleRefusedException(
          "%s is not signed: it has no %s, which %s demands"
              .formatted(source, BundleManifest.SIGNATURE, KEY));
    }
    if (!isValid(signer, manifest.json(), signature)) {
      throw new BundleRefusedException(
          "%s: %s is not a signature of model.json by the key of %s"
              .formatted(source, BundleManifest.SIGNATURE, KEY));
    }
  }

  private static boolean isValid(PublicKey signer, byte[] json, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(signer);
      signature.update(json);
      return signature.verify(bytes);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform verifies Ed25519", e);
    }
  }
}
