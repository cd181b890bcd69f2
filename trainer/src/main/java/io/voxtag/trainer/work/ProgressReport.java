package io.voxtag.trainer.work;

import io.voxtag.trainer.command.EventLog;
import io.voxtag.trainer.command.EventLog.Progress;
import io.voxtag.trainer.command.RunBook;
import io.voxtag.trainer.config.TrainerSettings;
import io.voxtag.trainer.run.Run;
import io.voxtag.trainer.run.RunListener;
import io.voxtag.trainer.run.RunStoppedException;
import io.voxtag.trainer.run.RunStoppedException.Reason;
import io.voxtag.trainer.run.SpeakerSplit;
import io.voxtag.voiceprint.training.EpochReport;
import io.voxtag.voiceprint.training.TrainingProgress;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Publishes how far a run is, and ends it where it must not go on. Belongs to one thread. */
final class ProgressReport implements RunListener {

  private final Run run;
  private final RunBook book;
  private final EventLog events;
  private final RunMetrics metrics;
  private final SpeakerSplit split;
  private final long intervalNanos;
  private final BooleanSupplier stopping;
  private long lastTold = System.nanoTime();
  private @Nullable Double equalErrorRate;

  ProgressReport(
      Run run,
      RunBook book,
      EventLog events,
      RunMetrics metrics,
      SpeakerSplit split,
      TrainerSettings settings,
      BooleanSupplier stopping) {
    this.run = run;
    this.book = book;
    this.events = events;
    this.metrics = metrics;
    this.split = split;
    this.intervalNanos = settings.progressInterval().toNanos();
    this.stopping = stopping;
  }

  @Override
  public void progressed(TrainingProgress progress) {
    requireGoingOn();
    metrics.progressed(progress);
    long now = System.nanoTime();
    if (now - lastTold >= intervalNanos || progress.step() == progress.steps()) {
      lastTold = now;
      check();
      events.progress(run, new Progress(progress, epochs(progress), equalErrorRate));
    }
  }

  @Override
  public void epochEnded(EpochReport report) {
    requireGoingOn();
    report
        .evaluation()
        .ifPresent(
            quality -> {
              equalErrorRate = quality.equalErrorRate();
              metrics.evaluated(quality.equalErrorRate());
            });
  }

  /**
   * Ends the run where it was cancelled, or a recording that it uses is gone.
   *
   * @throws RunStoppedException if it must not go on
   */
  void check() {
    requireGoingOn();
    if (!split.training().stream().allMatch(Recordings::isThere)
        || !split.heldOut().stream().allMatch(Recordings::isThere)) {
      throw new RunStoppedException(Reason.DATA_ERASED);
    }
  }

  private void requireGoingOn() {
    if (stopping.getAsBoolean()) {
      throw new RunStoppedException(Reason.TRAINER_STOPS);
    }
    if (book.isCancelled(run)) {
      throw new RunStoppedException(Reason.CANCELLED);
    }
  }

  private static long epochs(TrainingProgress progress) {
    return progress.step() == 0
        ? 0
        : Math.max(progress.epoch(), progress.epoch() * progress.steps() / progress.step());
  }
}
