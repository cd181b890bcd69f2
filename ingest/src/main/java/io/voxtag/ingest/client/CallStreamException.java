package io.voxtag.ingest.client;

import java.io.IOException;

/** A leg could not be streamed to its end. */
public abstract sealed class CallStreamException extends IOException
    permits ConnectionRefusedException,
        ServerUnreachableException,
        StreamClosedException,
        StreamBrokenException {

  private static final long serialVersionUID = 1L;

  CallStreamException(String message, Throwable cause) {
    super(message, cause);
  }

  CallStreamException(String message) {
    super(message);
  }
}
