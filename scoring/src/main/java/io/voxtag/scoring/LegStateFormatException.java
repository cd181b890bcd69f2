package io.voxtag.scoring;

/** Bytes are not the state of a leg that this decision writes. */
public final class LegStateFormatException extends IllegalArgumentException {

  LegStateFormatException(String message) {
    super(message);
  }

  LegStateFormatException(Throwable cause) {
    super("The state of the leg ends too early or holds impossible values", cause);
  }
}
