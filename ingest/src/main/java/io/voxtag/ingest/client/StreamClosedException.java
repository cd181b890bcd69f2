package io.voxtag.ingest.client;

/** The server closed the stream, and said why. */
public final class StreamClosedException extends CallStreamException {

  private static final long serialVersionUID = 1L;

  private final int code;

  StreamClosedException(int code, String reason) {
    super("The server closed the stream (" + code + "): " + (reason.isEmpty() ? "-" : reason));
    this.code = code;
  }

  /** The WebSocket close code. */
  public int code() {
    return code;
  }
}
