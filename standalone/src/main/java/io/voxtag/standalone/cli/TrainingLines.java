package io.voxtag.standalone.cli;

import io.voxtag.voiceprint.training.EpochReport;
import io.voxtag.voiceprint.training.TrainingListener;
import io.voxtag.voiceprint.training.TrainingProgress;
import java.util.Locale;

/** Shows a run as it goes, and hands on what it is told. */
final class TrainingLines implements TrainingListener {

  private static final long HOUR = 3600;

  private final Output output;
  private final TrainingListener next;

  TrainingLines(Output output, TrainingListener next) {
    this.output = output;
    this.next = next;
  }

  @Override
  public void progressed(TrainingProgress progress) {
    output.progress(line(progress));
    next.progressed(progress);
  }

  @Override
  public void epochEnded(EpochReport report) {
    report
        .evaluation()
        .ifPresent(
            quality -> {
              output.progressDone();
              output.line(
                  String.format(
                      Locale.ROOT,
                      "epoch %d  EER %.2f %% at a cosine of %.4f  minDCF %.4f%s",
                      report.epoch(),
                      100 * quality.equalErrorRate(),
                      quality.threshold(),
                      quality.minDcf(),
                      report.best() ? "  best so far" : ""));
            });
    next.epochEnded(report);
  }

  void done() {
    output.progressDone();
  }

  static String line(TrainingProgress progress) {
    return String.format(
        Locale.ROOT,
        "epoch %d  step %d of %d  loss %.4f  accuracy %.3f  learning rate %.6f  margin %.3f  %.1f"
            + " samples a second  %.0f %% waiting for data  %s left",
        progress.epoch(),
        progress.step(),
        progress.steps(),
        progress.loss(),
        progress.accuracy(),
        progress.learningRate(),
        progress.margin(),
        progress.samplesPerSecond(),
        100 * progress.waiting(),
        clock(progress.secondsLeft()));
  }

  private static String clock(long seconds) {
    return seconds < HOUR
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / HOUR, seconds % HOUR / 60, seconds % 60);
  }
}
