package io.voxtag.ingest.socket;

import io.voxtag.ingest.leg.RefusedStreamException;

/** What the messages of one connection mean. Called from one thread at a time. */
public interface StreamProtocol {

  /**
   * A text message came.
   *
   * @throws RefusedStreamException if the message cannot be taken; the connection is then closed
   */
  void onText(String message) throws RefusedStreamException;

  /**
   * A binary message came.
   *
   * @throws RefusedStreamException as {@link #onText}
   */
  void onBinary(byte[] message) throws RefusedStreamException;

  /** Nothing more will come, for whatever reason: ends the legs. May be called again. */
  void onEnd();
}
