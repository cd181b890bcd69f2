package io.voxtag.ingest.leg;

/** How a stream ended, with its WebSocket close code (RFC 6455, section 7.4). */
public enum Closing {
  /** The client said that the leg is over, and Kafka has all of it. */
  ENDED(1000),
  /** The client closed the connection in order. */
  CLOSED(1000),
  /** The service stops. */
  SHUTDOWN(1001),
  /** Neither audio nor an answer to a ping came for too long. */
  SILENT(1001),
  /** The message is well-formed, but of a kind or coding that is not taken here. */
  UNSUPPORTED(1003),
  /** The connection broke; this code is never sent. */
  DISCONNECTED(1006),
  /** The message is not what it should be. */
  MALFORMED(1007),
  /** The message is well-formed but not allowed here. */
  REFUSED(1008),
  /** Another stream of the same leg took over. */
  REPLACED(1008),
  /** The message is too long. */
  TOO_BIG(1009),
  /** A fault of this service. */
  FAULT(1011),
  /** Kafka did not take the audio in time. */
  UNDELIVERED(1011),
  /** The service has as many streams as it may. */
  TOO_MANY(1013);

  private final int code;

  Closing(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
