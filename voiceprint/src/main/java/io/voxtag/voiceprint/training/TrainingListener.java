package io.voxtag.voiceprint.training;

/** Is told of what happens in a run, by the thread that runs it. */
public interface TrainingListener {

  /** After every {@code log_interval} steps and at the end. */
  void progressed(TrainingProgress progress);

  /** After every epoch, once its checkpoint is written. */
  default void epochEnded(EpochReport report) {}
}
