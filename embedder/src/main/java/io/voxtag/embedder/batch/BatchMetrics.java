package io.voxtag.embedder.batch;

import java.time.Duration;

/** Hears what the batcher does. Called by its threads. */
public interface BatchMetrics {

  /** Hears nothing. */
  BatchMetrics NONE =
      new BatchMetrics() {
        @Override
        public void waited(Duration queued) {}

        @Override
        public void embedded(int windows, Duration took) {}
      };

  /** A window left the queue. */
  void waited(Duration queued);

  /** A batch went through the model. */
  void embedded(int windows, Duration took);
}
