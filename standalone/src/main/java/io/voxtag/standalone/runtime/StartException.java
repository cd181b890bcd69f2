package io.voxtag.standalone.runtime;

/** The services could not be started. */
public final class StartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartException(Throwable cause) {
    super("Voxtag could not start: " + rootMessage(cause), cause);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
