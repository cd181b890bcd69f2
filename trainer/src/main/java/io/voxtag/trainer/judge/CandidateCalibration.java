package io.voxtag.trainer.judge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.evaluation.CachedEmbedder;
import io.voxtag.evaluation.Calibrator;
import io.voxtag.evaluation.CohortVoices;
import io.voxtag.evaluation.Evaluation;
import io.voxtag.evaluation.FileEmbedder;
import io.voxtag.evaluation.ModelEmbedder;
import io.voxtag.evaluation.ScoreScale;
import io.voxtag.scoring.AsNorm;
import io.voxtag.scoring.ScoreNormProfile.Method;
import io.voxtag.trainer.judge.Judge.FixedList;
import io.voxtag.trainer.run.RunRefusedException;
import io.voxtag.trainer.run.SpeakerSplit;
import io.voxtag.voiceprint.DeviceChoice;
import io.voxtag.voiceprint.SpeakerModel;
import io.voxtag.voiceprint.bundle.DType;
import io.voxtag.voiceprint.bundle.ManifestDraft;
import io.voxtag.voiceprint.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives a trained network what it decides by: a cohort of the speakers that it was trained on,
 * where there are enough, a threshold and a calibration from trials of others.
 */
public final class CandidateCalibration {

  private static final int LEAST_HELD_OUT = 2;
  private static final String LIST = "labelled utterances";
  private static final int MOST_COHORT = 1000;
  // Below, the tail that AS-norm looks at is no tail.
  private static final int LEAST_COHORT = 100;
  private static final int TOP_K = 50;
  private static final double PRIOR = 0.5;

  private final List<FixedList> lists;
  private final SpeakerSplit split;
  private final double falseAlarms;
  private final DeviceChoice device;

  /**
   * Gets ready.
   *
   * @param falseAlarms share of trials of two speakers above the threshold
   */
  public CandidateCalibration(
      List<FixedList> lists, SpeakerSplit split, double falseAlarms, DeviceChoice device) {
    this.lists = List.copyOf(lists);
    this.split = split;
    this.falseAlarms = falseAlarms;
    this.device = device;
  }

  /**
   * Writes the network as a bundle that decides.
   *
   * @param network bundle without a decision
   * @param target folder that does not exist
   * @throws RunRefusedException if there are no trials to find a threshold on
   */
  public void apply(Path network, Path target) throws RunRefusedException, IOException {
    ModelBundle bundle = ModelBundle.open(network);
    ObjectNode decision = JsonNodeFactory.instance.objectNode();
    Map<String, Double> metrics = new TreeMap<>(bundle.manifest().metrics());
    ScoreScale scale;
    try (SpeakerModel model = SpeakerModel.load(bundle, device)) {
      FileEmbedder embedder = new CachedEmbedder(new ModelEmbedder(model));
      scale = scale(embedder);
      Calibrator calibrator = new Calibrator(scale, falseAlarms);
      measure(calibrator, scale, embedder);
      calibrator.decide(decision, calibrator.threshold(), null);
      calibrator.calibrate(decision, PRIOR);
      metrics.putAll(calibrator.metrics());
    }
    ModelBundle.write(
        target,
        ManifestDraft.of(bundle.manifest()).withDecision(decision).withMetrics(metrics),
        bundle.tensors().values(),
        DType.F16,
        scale.cohort());
  }

  private ScoreScale scale(FileEmbedder embedder) {
    if (split.trainingSpeakers() < LEAST_COHORT) {
      return ScoreScale.COSINES;
    }
    List<float[]> cohort =
        CohortVoices.of(
            Lists.of(split.training(), LIST),
            embedder,
            Lists.ROOT,
            MOST_COHORT,
            1,
            (done, all) -> {});
    return cohort.size() < AsNorm.LEAST
        ? ScoreScale.COSINES
        : ScoreScale.of(Method.AS_NORM, Math.min(TOP_K, cohort.size()), cohort);
  }

  private void measure(Calibrator calibrator, ScoreScale scale, FileEmbedder embedder)
      throws RunRefusedException {
    requireTrials(lists, split);
    for (FixedList list : lists) {
      calibrator.add(
          list.name(),
          new Evaluation(embedder, list.root(), scale.norm(), (done, all) -> {})
              .run(list.trials()));
    }
    if (split.heldOutSpeakers() >= LEAST_HELD_OUT) {
      calibrator.add(
          "held-out",
          new Evaluation(embedder, Lists.ROOT, scale.norm(), (done, all) -> {})
              .run(Lists.of(split.heldOut(), LIST)));
    }
  }

  /**
   * Refuses a run whose model nobody could judge, best before it is trained.
   *
   * @throws RunRefusedException if there is neither a list nor enough speakers who are held out
   */
  public static void requireTrials(List<FixedList> lists, SpeakerSplit split)
      throws RunRefusedException {
    if (lists.isEmpty() && split.heldOutSpeakers() < LEAST_HELD_OUT) {
      throw new RunRefusedException(
          ("%d of %d labelled speakers are held out to judge the model on, at least %d are needed:"
                  + " label more people, raise voxtag.trainer.held-out, or name lists in"
                  + " voxtag.trainer.judge.trials")
              .formatted(
                  split.heldOutSpeakers(),
                  split.heldOutSpeakers() + split.trainingSpeakers(),
                  LEAST_HELD_OUT));
    }
  }
}
