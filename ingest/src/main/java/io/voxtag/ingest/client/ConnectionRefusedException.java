package io.voxtag.ingest.client;

import java.net.URI;

/** The server answered, and did not take the connection. */
public final class ConnectionRefusedException extends CallStreamException {

  private static final long serialVersionUID = 1L;

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  ConnectionRefusedException(URI server, int status, Throwable cause) {
    super("%s takes no call: %s".formatted(server, reason(status)), cause);
  }

  private static String reason(int status) {
    return switch (status) {
      case UNAUTHORIZED -> "it asks for a token, and none or a wrong one was shown";
      case FORBIDDEN -> "it does not allow this client";
      case TOO_MANY_REQUESTS -> "too many connections a second; try again";
      case UNAVAILABLE -> "it is starting; try again";
      default -> "status " + status + "; an ingest service must listen there";
    };
  }
}
