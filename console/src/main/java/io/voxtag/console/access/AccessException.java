package io.voxtag.console.access;

/** The settings would let anybody in. */
public final class AccessException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AccessException(String message) {
    super(message);
  }
}
