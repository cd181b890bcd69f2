package io.voxtag.standalone.demo;

/** A demo that could not be played to its end. */
public final class DemoException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DemoException(String message) {
    super(message);
  }
}
