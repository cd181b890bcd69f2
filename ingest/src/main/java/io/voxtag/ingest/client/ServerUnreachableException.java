package io.voxtag.ingest.client;

import java.net.URI;

/** No connection could be made. Nothing was sent. */
public final class ServerUnreachableException extends CallStreamException {

  private static final long serialVersionUID = 1L;

  ServerUnreachableException(URI server, Throwable cause) {
    super(
        "No connection to "
            + server
            + "; an ingest service must listen there: "
            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
        cause);
  }
}
