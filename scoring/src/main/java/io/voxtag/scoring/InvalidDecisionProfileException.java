package io.voxtag.scoring;

import org.jspecify.annotations.Nullable;

/** A value of a decision profile is missing or out of its range. */
public final class InvalidDecisionProfileException extends IllegalArgumentException {

  InvalidDecisionProfileException(String name, @Nullable Object value, String range) {
    super("decision." + name + " is " + value + "; it must be " + range);
  }
}
