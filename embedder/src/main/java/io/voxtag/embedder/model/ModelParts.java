package io.voxtag.embedder.model;

import io.voxtag.embedder.batch.BackgroundPace;
import io.voxtag.embedder.batch.BatchMetrics;
import io.voxtag.embedder.batch.BatchSettings;
import io.voxtag.embedder.batch.Batcher;
import io.voxtag.embedder.batch.WindowEmbedder;
import io.voxtag.embedder.config.EmbedderSettings;
import io.voxtag.embedder.enroll.Enrollments;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What every model is given.
 *
 * @param batch how live windows share batches
 * @param pace what all work in the background keeps to
 * @param liveMetrics hears of live batches
 * @param metrics counts the models themselves
 * @param enrollments starts the enrolment path of a model
 */
public record ModelParts(
    EmbedderSettings.Batch batch,
    BackgroundPace pace,
    BatchMetrics liveMetrics,
    ModelMetrics metrics,
    EnrollmentStarter enrollments) {

  /** Starts the enrolment path of a model. */
  @FunctionalInterface
  public interface EnrollmentStarter {

    /**
     * Starts it.
     *
     * @param embedder the vector of a window by that model
     * @param fatal told once, by any thread, what it cannot go on after
     */
    Enrollments start(
        WindowEmbedder model,
        Function<float[], CompletableFuture<float[]>> embedder,
        Consumer<Throwable> fatal);
  }

  Batcher liveBatcher(WindowEmbedder model, Consumer<Throwable> fatal) {
    return new Batcher(model, BatchSettings.of(batch, model), liveMetrics, fatal);
  }

  Batcher backgroundBatcher(WindowEmbedder model, Consumer<Throwable> fatal) {
    return Batcher.inBackground(model, metrics.background(model.modelVersion()), fatal, pace);
  }
}
