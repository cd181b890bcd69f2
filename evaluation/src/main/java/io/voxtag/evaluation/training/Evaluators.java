package io.voxtag.evaluation.training;

import io.voxtag.evaluation.TrialList;
import io.voxtag.voiceprint.training.Evaluator;
import io.voxtag.voiceprint.training.config.DatasetConf;
import io.voxtag.voiceprint.training.data.TrainingList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The evaluation that a configuration or a user asks for. */
public final class Evaluators {
  private Evaluators() {}

  /**
   * All pairs of {@code test_list}, or {@code trials_list} against {@code enroll_list}; empty where
   * the configuration names none of them.
   *
   * @param root folder that paths begin at
   */
  public static Optional<Evaluator> of(DatasetConf config, Path root) throws IOException {
    if (config.testList() != null) {
      return Optional.of(
          new PairsEvaluator(TrainingList.read(root.resolve(config.testList()), root)));
    }
    if (config.enrollList() != null && config.trialsList() != null) {
      return Optional.of(
          new EnrolledEvaluator(
              TrainingList.read(root.resolve(config.enrollList()), root),
              TrainingList.read(root.resolve(config.trialsList()), root)));
    }
    return Optional.empty();
  }

  /**
   * A list of trials.
   *
   * @param root folder that its paths begin at
   */
  public static Evaluator of(TrialList trials, Path root) {
    return new TrialsEvaluator(trials, root);
  }
}
