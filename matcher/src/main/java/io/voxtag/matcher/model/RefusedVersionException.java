package io.voxtag.matcher.model;

/** An announced version cannot be used for matching; trying again does not help. */
final class RefusedVersionException extends Exception {

  private static final long serialVersionUID = 1L;

  RefusedVersionException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
