package io.voxtag.standalone.client;

import io.voxtag.ingest.client.LegAddress;
import java.io.IOException;

/** A call that could not be streamed to its end. */
public final class LiveCallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LiveCallException(LegAddress leg, Throwable cause) {
    super(
        "call %s, leg %d: %s"
            .formatted(
                leg.callId(),
                leg.channel(),
                cause instanceof IOException ? cause.getMessage() : cause.toString()),
        cause);
  }
}
