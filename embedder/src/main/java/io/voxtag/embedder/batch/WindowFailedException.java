package io.voxtag.embedder.batch;

/** The model fails on this window, though not on others. */
public final class WindowFailedException extends RuntimeException {

  WindowFailedException(int samples, Throwable cause) {
    super("the model fails on a window of %d samples".formatted(samples), cause);
  }
}
