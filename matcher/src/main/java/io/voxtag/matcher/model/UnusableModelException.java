package io.voxtag.matcher.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The configured model bundle cannot be used for matching. */
public final class UnusableModelException extends RuntimeException {

  UnusableModelException(Path bundle, String reason, @Nullable Throwable cause) {
    super("Model bundle " + bundle + " (voxtag.model): " + reason, cause);
  }
}
