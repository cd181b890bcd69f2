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

/** Ed25519 (RFC 8032) over the bytes of {@code model.json}. */
record Signatures(PublicKey key) {

  private static final String ALGORITHM = "Ed25519";
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  /**
   * Reads a PEM public key.
   *
   * @throws IllegalArgumentException if the file is not one
   */
  static Signatures by(Path pem) {
    try {
      String text = Files.readString(pem);
      int from = text.indexOf(BEGIN);
      int to = text.indexOf(END);
      if (from < 0 || to < from) {
        throw new IllegalArgumentException("voxtag.models.signed-by: " + pem + " has no " + BEGIN);
      }
      byte[] encoded = Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to));
      return new Signatures(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "voxtag.models.signed-by: " + pem + " is not an Ed25519 public key", e);
    }
  }

  /**
   * Checks the signature of a bundle.
   *
   * @param bundle a folder whose {@code model.json} is what it should be
   * @throws BundleRefusedException if it is not signed, or by somebody else
   */
  void require(Path bundle) throws IOException {
    Path signature = bundle.resolve(Manifest.SIGNATURE);
    if (!BundleFolder.isSigned(bundle)) {
      throw new BundleRefusedException(bundle + " is not signed: it has no " + Manifest.SIGNATURE);
    }
    if (!isValid(
        Files.readAllBytes(bundle.resolve(Manifest.FILE)), Files.readAllBytes(signature))) {
      throw new BundleRefusedException(
          "%s is not the required key's signature of %s".formatted(signature, Manifest.FILE));
    }
  }

  private boolean isValid(byte[] manifest, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(manifest);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has " + ALGORITHM, e);
    }
  }
}
