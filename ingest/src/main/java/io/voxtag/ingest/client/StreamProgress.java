package io.voxtag.ingest.client;

/** Told how far a stream is, on the thread that streams. */
@FunctionalInterface
public interface StreamProgress {

  /** Tells nobody. */
  StreamProgress NONE = samples -> {};

  /**
   * Called after each message.
   *
   * @param samples sent so far
   */
  void sent(long samples);
}
