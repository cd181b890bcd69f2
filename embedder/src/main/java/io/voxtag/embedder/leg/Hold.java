package io.voxtag.embedder.leg;

/**
 * Keeps the checkpoint at or before a record until what was made of it is safe. Released by any
 * thread, once.
 */
public final class Hold {

  private final long offset;
  private final long streamTimeBefore;
  private volatile boolean released;

  Hold(long offset, long streamTimeBefore) {
    this.offset = offset;
    this.streamTimeBefore = streamTimeBefore;
  }

  /** Lets the checkpoint go on. */
  public void release() {
    released = true;
  }

  boolean isReleased() {
    return released;
  }

  long offset() {
    return offset;
  }

  long streamTimeBefore() {
    return streamTimeBefore;
  }
}
