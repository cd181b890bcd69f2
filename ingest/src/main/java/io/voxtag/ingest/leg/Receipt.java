package io.voxtag.ingest.leg;

import org.jspecify.annotations.Nullable;

/** Told what became of a chunk. Must not block. */
@FunctionalInterface
public interface Receipt {

  /**
   * Called once.
   *
   * @param failure why the chunk is not stored; null where it is
   */
  void onCompletion(@Nullable Exception failure);
}
