package io.voxtag.embedder.leg;

/** A chunk that cannot be part of its leg; the leg goes on without it. */
public final class ChunkRejectedException extends Exception {

  public ChunkRejectedException(String message) {
    super(message);
  }

  public ChunkRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
