package io.voxtag.evaluation;

import io.voxtag.evaluation.EvaluationReport.Duration;
import io.voxtag.evaluation.EvaluationReport.OpenSetReport;
import io.voxtag.scoring.DecisionProfile;
import io.voxtag.scoring.InvalidTrialsException;
import io.voxtag.scoring.ScoreNorm;
import io.voxtag.scoring.ScoreNormProfile.Method;
import io.voxtag.scoring.VerificationMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Measures a model on a list, whole and by seconds of speech, on both scales of scores. */
public final class ModelEvaluation {

  private final ModelEmbedder embedder;
  private final @Nullable DecisionProfile profile;
  private final ScoreNorm norm;
  private final Plan plan;
  private final Evaluation.Progress progress;

  /**
   * What is measured.
   *
   * @param root folder that the paths of the lists begin at
   * @param prior probability of a trial of one speaker, for costs
   * @param durations seconds of speech that recordings are also cut to
   * @param cutBoth whether both sides are cut, not only what is compared with a model
   * @param galleries sizes of galleries for open-set identification; empty for those that the list
   *     allows
   * @param splits of the speakers for identification; 0 for none
   * @param seed of the splits
   */
  public record Plan(
      Path root,
      double prior,
      List<Double> durations,
      boolean cutBoth,
      List<Integer> galleries,
      int splits,
      long seed) {}

  /**
   * An evaluation of a model.
   *
   * @param profile how the model decides; null where it has no threshold yet
   * @param norm what normalised scores are; {@link ScoreNorm#NONE} for cosines only
   */
  public ModelEvaluation(
      ModelEmbedder embedder,
      @Nullable DecisionProfile profile,
      ScoreNorm norm,
      Plan plan,
      Evaluation.Progress progress) {
    this.embedder = embedder;
    this.profile = profile;
    this.norm = norm;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * The result for whole recordings.
   *
   * @param effort what it took
   * @param verification error rates by scale
   * @param durations by seconds of speech, in rising order
   * @param openSet identification; null where it was not asked for
   */
  public record Result(
      Map<String, ErrorRateReport> verification,
      List<Duration> durations,
      @Nullable OpenSetReport openSet,
      Effort effort) {}

  /** Measures trials. */
  public Result run(TrialList list) {
    return run(evaluation -> evaluation.run(list), null);
  }

  /** Measures all pairs of a list, and identification where the plan has splits. */
  public Result run(SpeakerList list) {
    return run(evaluation -> evaluation.run(list), plan.splits() > 0 ? list : null);
  }

  private Result run(Function<Evaluation, ScoredTrials> score, @Nullable SpeakerList searched) {
    FileEmbedder whole = new CachedEmbedder(embedder);
    Evaluation evaluation = new Evaluation(whole, plan.root(), norm, progress);
    ScoredTrials scored = score.apply(evaluation);
    OpenSetReport openSet =
        searched == null ? null : openSet(evaluation.openSet(searched), plan.galleries());
    List<Duration> durations = new ArrayList<>();
    for (double seconds : new TreeSet<>(plan.durations())) {
      FileEmbedder cut = new CachedEmbedder(embedder.ofFirst(seconds));
      Evaluation part =
          new Evaluation(plan.cutBoth() ? cut : whole, cut, plan.root(), norm, progress);
      durations.add(duration(seconds, part, score, searched));
    }
    return new Result(reports(scored), durations, openSet, scored.effort());
  }

  private Duration duration(
      double seconds,
      Evaluation part,
      Function<Evaluation, ScoredTrials> score,
      @Nullable SpeakerList searched) {
    String sides = plan.cutBoth() ? "both" : "test";
    try {
      ScoredTrials scored = score.apply(part);
      return new Duration(
          seconds,
          sides,
          scored.leftOut(),
          reports(scored),
          searched == null ? null : openSetOfCut(part.openSet(searched)));
    } catch (InvalidTrialsException e) {
      // Too few recordings are that long: the row says so by having no rates.
      return new Duration(seconds, sides, null, Map.of(), null);
    }
  }

  private Map<String, ErrorRateReport> reports(ScoredTrials scored) {
    Map<String, ErrorRateReport> reports = new LinkedHashMap<>();
    reports.put(name(Method.NONE), report(scored.cosines(), Method.NONE));
    scored
        .normalised()
        .ifPresent(metrics -> reports.put(name(Method.AS_NORM), report(metrics, Method.AS_NORM)));
    return reports;
  }

  private ErrorRateReport report(VerificationMetrics metrics, Method scale) {
    return ErrorRateReport.of(
        metrics,
        plan.prior(),
        modelThreshold(scale),
        modelThreshold(scale) == null ? null : profile.calibration());
  }

  // Fewer speakers have recordings that are long enough, so that large galleries may be left out.
  private @Nullable OpenSetReport openSetOfCut(OpenSet set) {
    List<Integer> sizes = set.sizes();
    if (sizes.isEmpty()) {
      return null;
    }
    int largest = sizes.get(sizes.size() - 1);
    List<Integer> left = plan.galleries().stream().filter(size -> size <= largest).toList();
    return left.isEmpty() && !plan.galleries().isEmpty() ? null : openSet(set, left);
  }

  private OpenSetReport openSet(OpenSet set, List<Integer> wanted) {
    List<Integer> sizes = wanted.isEmpty() ? set.sizes() : wanted;
    Map<String, List<IdentificationReport>> galleries = new LinkedHashMap<>();
    for (Method scale : norm == ScoreNorm.NONE ? List.of(Method.NONE) : List.of(Method.values())) {
      List<IdentificationReport> rows = new ArrayList<>();
      set.run(scale, sizes, plan.splits(), plan.seed())
          .forEach(
              (size, metrics) ->
                  rows.add(IdentificationReport.of(size, metrics, modelThreshold(scale))));
      galleries.put(name(scale), rows);
    }
    return new OpenSetReport(plan.splits(), plan.seed(), galleries);
  }

  private @Nullable Double modelThreshold(Method scale) {
    return profile != null && profile.scoreNorm().method() == scale ? profile.threshold() : null;
  }

  /** What reports call a scale. */
  public static String name(Method method) {
    return method == Method.NONE ? "none" : "as-norm";
  }
}
