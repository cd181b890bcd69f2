package io.voxtag.matcher.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The configured model bundle cannot be used for matching. */
public final class UnusableModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  UnusableModelException(Path bundle, String reason, @Nullable Throwable cause) {
    super("Model bundle " + bundle + " (voxtag.model): " + reason, cause);
    this.reason = reason;
  }

  /** What is wrong with it, without where it lies. */
  String reason() {
    return reason;
  }
}
