package io.voxtag.embedder.model;

import io.voxtag.embedder.batch.BackgroundPace;
import io.voxtag.embedder.batch.Batcher;
import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.embedder.enroll.Enrollments;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A model in memory with what works on it: a batcher for live windows, one in the background, and
 * its enrolment path, whose windows go to the first while the model is in service and to the second
 * otherwise. Thread-safe.
 */
final class LoadedModel implements ModelUse {

  // So that enrolments, which come after them, do not wait for long.
  private static final int MOST_WAITING_ASIDE = 16;

  private final WindowEmbedder embedder;
  private final @Nullable String sha256;
  private final BackgroundPace pace;
  private final Batcher live;
  private final Batcher background;
  private final Enrollments enrollments;
  private volatile boolean serving;
  private volatile boolean broken;
  private int uses;
  private boolean retired;

  /**
   * Warms the model up and starts its threads.
   *
   * @param sha256 of the {@code model.json} that it was loaded from; null for the configured bundle
   * @param failed told, by any thread, what the model or its enrolment path cannot go on after
   * @throws RuntimeException if the model embeds nothing; it stays the caller's to close then
   */
  LoadedModel(
      WindowEmbedder embedder,
      @Nullable String sha256,
      ModelParts parts,
      BiConsumer<LoadedModel, Throwable> failed) {
    this.embedder = embedder;
    this.sha256 = sha256;
    this.pace = parts.pace();
    this.live = parts.liveBatcher(embedder, error -> failed.accept(this, error));
    this.background = parts.backgroundBatcher(embedder, error -> failed.accept(this, error));
    this.enrollments = startEnrollments(parts, failed);
  }

  private Enrollments startEnrollments(
      ModelParts parts, BiConsumer<LoadedModel, Throwable> failed) {
    try {
      return parts
          .enrollments()
          .start(embedder, this::embedEnrolment, error -> failed.accept(this, error));
    } catch (RuntimeException e) {
      background.close();
      live.close();
      throw e;
    }
  }

  private CompletableFuture<float[]> embedEnrolment(float[] window) {
    return (serving ? live : background).submit(window);
  }

  @Override
  public String version() {
    return embedder.modelVersion();
  }

  @Override
  public int minSamples() {
    return embedder.minSamples();
  }

  int dimension() {
    return embedder.dimension();
  }

  /** Whether it was loaded from this bundle, as far as is known. */
  boolean isFrom(String otherSha256) {
    return sha256 == null || sha256.equalsIgnoreCase(otherSha256);
  }

  Enrollments enrollments() {
    return enrollments;
  }

  /** Live windows that wait for a batch. */
  int queued() {
    return live.queued();
  }

  boolean isServing() {
    return serving;
  }

  void serving(boolean now) {
    serving = now;
  }

  /** Whether it is neither in service nor broken. */
  boolean isAside() {
    return !serving && !broken;
  }

  /** Embeds a copy of a live window in the background, unless too many windows wait there. */
  CompletableFuture<float[]> embedAside(float[] window) {
    return background.queued() < MOST_WAITING_ASIDE
        ? background.submit(window)
        : CompletableFuture.failedFuture(
            new RejectedExecutionException(MOST_WAITING_ASIDE + " windows wait already"));
  }

  /** Whether it was found to embed nothing any more. */
  boolean isBroken() {
    return broken;
  }

  void broken() {
    broken = true;
  }

  /** Keeps it for a window; false where it is being unloaded. */
  synchronized boolean begin() {
    if (retired) {
      return false;
    }
    uses++;
    pace.liveBegan();
    return true;
  }

  @Override
  public CompletableFuture<float[]> submit(float[] window) {
    return live.submit(window);
  }

  @Override
  public synchronized void done() {
    uses--;
    pace.liveEnded();
    if (uses == 0) {
      notifyAll();
    }
  }

  /** Waits for the windows that it is kept for, taking no others, and frees it in any case. */
  void unload() throws InterruptedException {
    try {
      synchronized (this) {
        retired = true;
        while (uses > 0) {
          wait();
        }
      }
    } finally {
      close();
    }
  }

  /**
   * Frees it. Windows that wait are cancelled, and so are recordings that are embedded in the
   * background: whoever has the model next reads them again.
   */
  void close() {
    synchronized (this) {
      retired = true;
    }
    enrollments.stop();
    background.close();
    enrollments.close();
    live.close();
    embedder.close();
  }
}
