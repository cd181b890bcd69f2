package io.voxtag.voiceprint.training.curves;

import io.voxtag.voiceprint.training.EpochReport;
import io.voxtag.voiceprint.training.TrainingListener;
import io.voxtag.voiceprint.training.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes what a run reports to TensorBoard event files, in the folder {@code log} of the run, and
 * to its {@link Curves}. The names are those of the original project.
 */
public final class CurveWriter implements TrainingListener, AutoCloseable {
  private final Curves curves;
  private final EventFile events;

  /**
   * @param run folder of the run
   * @param step that the run goes on from
   */
  public CurveWriter(Path run, long step) throws IOException {
    curves = new Curves(run);
    curves.truncate(step);
    events = EventFile.create(run.resolve("log"), Instant.now());
  }

  @Override
  public void progressed(TrainingProgress progress) {
    long step = progress.step();
    add("Train/Loss", step, progress.loss());
    add("Train/Accuracy", step, progress.accuracy());
    add("Train/lr", step, progress.learningRate());
    add("Train/margin", step, progress.margin());
    add("Train/samples_per_second", step, progress.samplesPerSecond());
    add("Train/waiting", step, progress.waiting());
  }

  @Override
  public void epochEnded(EpochReport report) {
    report
        .evaluation()
        .ifPresent(
            quality -> {
              add("Test/eer", report.step(), quality.equalErrorRate());
              add("Test/min_dcf", report.step(), quality.minDcf());
              add("Test/threshold", report.step(), quality.threshold());
            });
  }

  private void add(String name, long step, double value) {
    curves.add(name, step, value);
    try {
      events.scalar(name, step, value, Instant.now());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
