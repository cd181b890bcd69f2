package io.voxtag.console.web;

/** A request that cannot be done, and why, in words for the user. */
public final class RequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  private RequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** What was sent is wrong. */
  public static RequestException wrong(String message) {
    return new RequestException(400, message);
  }

  /** What it is about is not there. */
  public static RequestException missing(String message) {
    return new RequestException(404, message);
  }

  /** It does not go with how things stand. */
  public static RequestException conflict(String message) {
    return new RequestException(409, message);
  }

  /** It may work later. */
  public static RequestException unavailable(String message) {
    return new RequestException(503, message);
  }

  /** The HTTP status to answer with. */
  public int status() {
    return status;
  }
}
