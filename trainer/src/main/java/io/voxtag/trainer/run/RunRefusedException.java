package io.voxtag.trainer.run;

/** What was asked for cannot be done; the message says what would be right. */
public final class RunRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  public RunRefusedException(String message) {
    super(message);
  }
}
