package io.voxtag.embedder.model;

import java.util.concurrent.CompletableFuture;

/**
 * A model that is kept for a window until {@link #done} is called, once. Whatever goes into service
 * meanwhile, the window stays with this model.
 */
public interface ModelUse {

  /** Version of the model. */
  String version();

  /** The fewest samples that a window may have, at 16 kHz. */
  int minSamples();

  /** Queues the window, as {@link io.voxtag.embedder.batch.Batcher#submit} does. */
  CompletableFuture<float[]> submit(float[] window);

  /** The window needs the model no more. */
  void done();
}
