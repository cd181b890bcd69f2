package io.voxtag.scoring;

/**
 * Trials from which no error rate can be computed: one kind is missing, or a score is no number.
 */
public final class InvalidTrialsException extends IllegalArgumentException {

  InvalidTrialsException(String message) {
    super(message);
  }
}
