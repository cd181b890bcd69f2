package io.voxtag.ingest.leg;

import io.voxtag.schemas.event.AudioChunk;

/** Where chunks go. Thread-safe. */
public interface ChunkSink {

  /**
   * Takes a chunk and returns at once. Chunks of a leg are stored in the order of the calls.
   *
   * @param samples how many are in the chunk
   * @param receipt is told once what became of it, on any thread
   */
  void publish(AudioChunk chunk, long samples, Receipt receipt);
}
