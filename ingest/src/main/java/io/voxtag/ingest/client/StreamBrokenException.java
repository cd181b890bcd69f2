package io.voxtag.ingest.client;

/** The connection broke, or the server stopped reading for too long. */
public final class StreamBrokenException extends CallStreamException {

  private static final long serialVersionUID = 1L;

  StreamBrokenException(String message, Throwable cause) {
    super(message, cause);
  }

  StreamBrokenException(String message) {
    super(message);
  }
}
