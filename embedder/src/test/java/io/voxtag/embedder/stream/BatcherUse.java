package io.voxtag.embedder.stream;

import io.voxtag.embedder.batch.Batcher;
import io.voxtag.embedder.model.ModelUse;
import java.util.concurrent.CompletableFuture;

/** A model that is a batcher and nothing else. */
record BatcherUse(String version, Batcher batcher) implements ModelUse {

  @Override
  public int minSamples() {
    return 400;
  }

  @Override
  public CompletableFuture<float[]> submit(float[] window) {
    return batcher.submit(window);
  }

  @Override
  public void done() {}
}
