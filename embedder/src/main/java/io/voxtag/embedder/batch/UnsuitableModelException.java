package io.voxtag.embedder.batch;

import java.io.IOException;

/** The model of a sound bundle is not one that the embedder can use. Trying again does not help. */
public final class UnsuitableModelException extends IOException {

  private static final long serialVersionUID = 1L;

  public UnsuitableModelException(String message) {
    super(message);
  }
}
