package io.voxtag.evaluation;

import java.io.IOException;
import java.util.Locale;

/** A recording with less speech than was to be cut from it. */
public final class TooLittleSpeechException extends IOException {

  private static final long serialVersionUID = 1L;

  TooLittleSpeechException(String name, double found, double needed) {
    super(
        String.format(Locale.ROOT, "%s: %.2f s of speech, %.2f s are needed", name, found, needed));
  }
}
