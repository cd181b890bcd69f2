package io.voxtag.voiceprint;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A bundle is sound, but this version cannot run the model in it. */
public final class IncompatibleModelException extends IOException {
  private static final long serialVersionUID = 1L;

  IncompatibleModelException(String version, @Nullable String reason, @Nullable Throwable cause) {
    super("model " + version + " cannot be used: " + reason, cause);
  }
}
