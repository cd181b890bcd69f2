package io.voxtag.ingest.socket;

import io.voxtag.ingest.leg.RefusedStreamException;

/** Makes the protocol of a new connection. */
@FunctionalInterface
public interface ProtocolFactory {

  /**
   * Called once for a connection, on its event loop.
   *
   * @throws RefusedStreamException if the connection cannot be taken; it is then closed
   */
  StreamProtocol create(StreamConnection connection) throws RefusedStreamException;
}
