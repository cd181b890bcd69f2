package io.voxtag.ingest.leg;

/**
 * The client sent what cannot be taken; its stream is closed. The message names the value and what
 * would be right, in a few words: it travels in a WebSocket close frame of at most 123 bytes.
 */
public final class RefusedStreamException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Closing closing;

  public RefusedStreamException(Closing closing, String reason) {
    super(reason);
    this.closing = closing;
  }

  public Closing closing() {
    return closing;
  }
}
