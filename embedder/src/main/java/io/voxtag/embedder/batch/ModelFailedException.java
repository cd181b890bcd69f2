package io.voxtag.embedder.batch;

/** The model fails even on a window that it has embedded before. */
public final class ModelFailedException extends RuntimeException {

  ModelFailedException(String version, Throwable cause) {
    super("model %s no longer embeds anything".formatted(version), cause);
  }
}
