package io.voxtag.voiceprint.bundle;

import java.security.PublicKey;
import java.util.Optional;

/**
 * What a bundle must keep to.
 *
 * @param maxBytes largest total size of its files once unpacked
 * @param requiredSigner the Ed25519 key that must have signed it; empty where none is required
 */
public record BundlePolicy(long maxBytes, Optional<PublicKey> requiredSigner) {
  /** At most 256 MiB, signed or not. */
  public static final BundlePolicy DEFAULT = new BundlePolicy(256L << 20, Optional.empty());

  /**
   * @throws IllegalArgumentException if the size is not positive
   */
  public BundlePolicy {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes + "; it must be positive");
    }
  }

  /** The same size limit with a signer required. */
  public BundlePolicy signedBy(PublicKey key) {
    return new BundlePolicy(maxBytes, Optional.of(key));
  }
}
