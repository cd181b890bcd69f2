package io.voxtag.trainer.dataset;

/** A labelled recording that must not or cannot be used; the message says why. */
final class UnusableUtteranceException extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableUtteranceException(String message) {
    super(message);
  }

  UnusableUtteranceException(String message, Throwable cause) {
    super(message, cause);
  }
}
