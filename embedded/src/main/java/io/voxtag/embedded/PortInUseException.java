package io.voxtag.embedded;

import java.io.IOException;

/** Another process listens on the port asked for. */
public final class PortInUseException extends EmbeddedServerException {

  private final int port;

  PortInUseException(String server, int port, IOException cause) {
    super(
        "Port " + port + " for " + server + " is in use; choose another one, or 0 for any free one",
        cause);
    this.port = port;
  }

  /** The port asked for. */
  public int port() {
    return port;
  }
}
