package io.voxtag.embedder.batch;

import io.voxtag.embedder.config.EmbedderSettings;
import java.time.Duration;

/**
 * How windows share batches.
 *
 * @param size most windows in a batch
 * @param maxWait how long the first window of a batch waits for others
 * @param threads batches that run at the same time
 */
public record BatchSettings(int size, Duration maxWait, int threads) {

  private static final int CPU_SIZE = 2;
  private static final int GPU_SIZE = 64;
  private static final int GPU_BACKGROUND_SIZE = 8;

  /** What the configuration says, and what suits the model where it says nothing. */
  public static BatchSettings of(EmbedderSettings.Batch settings, WindowEmbedder model) {
    boolean gpu = model.onGpu();
    return new BatchSettings(
        settings.size().orElse(gpu ? GPU_SIZE : CPU_SIZE),
        settings.waitTime(),
        settings.threads().orElse(gpu ? 1 : Runtime.getRuntime().availableProcessors()));
  }

  /**
   * What suits work that nobody waits for: batches as short as they are no slower, one at a time.
   */
  static BatchSettings inBackground(WindowEmbedder model) {
    return new BatchSettings(model.onGpu() ? GPU_BACKGROUND_SIZE : 1, Duration.ZERO, 1);
  }

  public BatchSettings {
    if (size < 1 || maxWait.isNegative() || threads < 1) {
      throw new IllegalArgumentException(
          "batches of %d windows, wait %s, %d threads: size and threads from 1, wait from 0"
              .formatted(size, maxWait, threads));
    }
  }
}
