package io.voxtag.standalone.demo;

/** Sample calls that are not as they should be. */
public final class SampleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SampleException(String message) {
    super(message);
  }
}
