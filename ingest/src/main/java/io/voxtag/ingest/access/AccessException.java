package io.voxtag.ingest.access;

/** The settings would let anybody in, or nobody. */
public final class AccessException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AccessException(String message) {
    super(message);
  }

  AccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
