package io.voxtag.matcher.streams;

/** A record that can be read but must not be used: it goes to the dead-letter topic. */
public final class UnusableRecordException extends RuntimeException {

  /** The message names the value that is wrong and what would be right. */
  public UnusableRecordException(String message) {
    super(message);
  }
}
