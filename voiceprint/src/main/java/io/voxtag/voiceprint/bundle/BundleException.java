package io.voxtag.voiceprint.bundle;

import java.io.IOException;

/**
 * A model bundle or tensor file that is refused. The message names the bundle, the file in it, what
 * is wrong and what would be right. A failing disk is an ordinary {@link IOException} instead.
 */
public final class BundleException extends IOException {

  /** Why a bundle is refused. */
  public enum Reason {
    /** There is nothing at the path, or a listed file is not there. */
    MISSING,
    /** Something else than a Voxtag bundle, for example a pickled checkpoint. */
    FOREIGN,
    /** A bundle of a format, or tensors of a type, that this version cannot read. */
    UNSUPPORTED,
    /**
     * Well-formed but contradictory or out of range: a wrong field, weights that are not finite.
     */
    INVALID,
    /** Not the bytes that were written: cut off, changed, added to. */
    DAMAGED,
    /** Larger than the limit. */
    OVERSIZED,
    /** A required signature is missing or is not of the required key. */
    UNTRUSTED,
    /** Something different already exists where the bundle should be written. */
    CONFLICT
  }

  private final Reason reason;

  BundleException(Reason reason, String source, String detail) {
    super(source + ": " + detail);
    this.reason = reason;
  }

  BundleException(Reason reason, String source, String detail, Throwable cause) {
    super(source + ": " + detail, cause);
    this.reason = reason;
  }

  /** Why the bundle is refused. */
  public Reason reason() {
    return reason;
  }
}
