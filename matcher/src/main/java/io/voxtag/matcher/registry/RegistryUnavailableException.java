package io.voxtag.matcher.registry;

/** Redis did not answer, or refused to work; the same call may succeed later. */
public final class RegistryUnavailableException extends RuntimeException {

  RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Work that depends on others in Redis could not be done now, for this reason. */
  public RegistryUnavailableException(String message) {
    super(message);
  }
}
