package io.voxtag.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voxtag.scoring.Calibration;
import io.voxtag.scoring.ErrorRates;
import io.voxtag.scoring.ScoreNormProfile.Method;
import io.voxtag.scoring.TrialScores;
import io.voxtag.scoring.VerificationMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds how a model is to decide from lists of trials. The threshold of a list is the score that a
 * share of its trials of two speakers exceeds; that of the model is the median over the lists, so
 * that no list counts for more because it is long. Belongs to one thread.
 */
public final class Calibrator {

  private static final double SAME_VOICE_MARGIN = 0.1;

  private final ScoreScale scale;
  private final double falseAlarms;
  private final List<Double> thresholds = new ArrayList<>();
  private final List<Double> cosines = new ArrayList<>();
  private final Map<String, Double> metrics = new TreeMap<>();
  private final TrialScores all = new TrialScores();

  /**
   * Begins without trials.
   *
   * @param falseAlarms share of trials of two speakers above the threshold, above 0 and below 1
   */
  public Calibrator(ScoreScale scale, double falseAlarms) {
    if (!(falseAlarms > 0 && falseAlarms < 1)) {
      throw new IllegalArgumentException(
          "a share of false alarms of " + falseAlarms + "; it must lie between 0 and 1");
    }
    this.scale = scale;
    this.falseAlarms = falseAlarms;
  }

  /**
   * What a list says.
   *
   * @param equalErrorRate from 0 to 1
   * @param rates at the threshold that the list alone would have
   */
  public record Found(double equalErrorRate, ErrorRates rates) {}

  /**
   * How well scores read as log-likelihood ratios.
   *
   * @param cllr their cost, bits
   * @param minCllr the lowest cost that any calibration reaches
   */
  public record RatioQuality(double cllr, double minCllr) {}

  /** Takes the trials of a list into account. */
  public Found add(String name, ScoredTrials scored) {
    VerificationMetrics read = scale.of(scored);
    all.addAll(read);
    ErrorRates rates = read.atFalseAlarmRate(falseAlarms);
    double equalErrorRate = read.equalErrorRate().rate();
    metrics.put("eer." + name, equalErrorRate);
    thresholds.add(rates.threshold());
    cosines.add(scored.cosines().atFalseAlarmRate(falseAlarms).threshold());
    return new Found(equalErrorRate, rates);
  }

  /** Equal error rates by list, under the names that bundles give them: {@code eer.NAME}. */
  public Map<String, Double> metrics() {
    return Map.copyOf(metrics);
  }

  /** The threshold of the model. */
  public double threshold() {
    return median(thresholds);
  }

  /**
   * Writes a decision. What is known of other thresholds stays; an earlier calibration to
   * likelihood ratios goes, since it would be wrong on another scale.
   *
   * @param decision of a bundle, changed in place
   * @param threshold from {@link #threshold()} or from elsewhere
   * @param duplicateThreshold cosine; null to keep or derive it
   */
  public void decide(ObjectNode decision, double threshold, @Nullable Double duplicateThreshold) {
    decision.put("threshold", threshold);
    if (duplicateThreshold != null) {
      decision.put("duplicateThreshold", duplicateThreshold);
    }
    if (!scale.cohort().isEmpty()) {
      decision
          .putObject("scoreNorm")
          .put("method", ModelEvaluation.name(scale.method()))
          .put("topK", scale.topK());
    }
    if (scale.method() == Method.AS_NORM) {
      // These stay cosines and would follow from a threshold that no longer is one.
      double cosine = median(cosines);
      if (!decision.has("sameVoiceThreshold")) {
        decision.put("sameVoiceThreshold", cosine - SAME_VOICE_MARGIN);
      }
      if (!decision.has("duplicateThreshold")) {
        decision.put("duplicateThreshold", (1 + cosine) / 2);
      }
    }
    decision.remove("calibration");
  }

  /**
   * Adds a calibration to likelihood ratios, fitted on all trials together.
   *
   * @param prior where it has to be best, above 0 and below 1
   */
  public RatioQuality calibrate(ObjectNode decision, double prior) {
    VerificationMetrics trials = all.metrics();
    Calibration calibration = trials.calibration(prior);
    VerificationMetrics ratios = trials.calibrated(calibration);
    decision
        .putObject("calibration")
        .put("scale", calibration.scale())
        .put("offset", calibration.offset());
    return new RatioQuality(ratios.cllr(), ratios.minCllr());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
