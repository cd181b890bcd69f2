package io.voxtag.trainer.run;

import io.voxtag.voiceprint.training.EpochReport;
import io.voxtag.voiceprint.training.TrainingProgress;

/** Hears how far a training is, and may end it. Called by the thread that trains. */
public interface RunListener {

  /**
   * Some batches were done.
   *
   * @throws RunStoppedException to end the training
   */
  void progressed(TrainingProgress progress);

  /**
   * An epoch is over.
   *
   * @throws RunStoppedException to end the training
   */
  void epochEnded(EpochReport report);
}
