package io.voxtag.trainer.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found about a candidate.
 *
 * @param candidate its version
 * @param active the version that it was compared with
 * @param comparisons by set of trials
 * @param identification of held-out speakers; empty where there are too few
 */
public record Judgement(
    String candidate,
    String active,
    List<Comparison> comparisons,
    Optional<Identification> identification) {

  public Judgement {
    comparisons = List.copyOf(comparisons);
  }

  /** Figures by name, for the bundle and for {@code model-versions}. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    for (Comparison comparison : comparisons) {
      metrics.put("eer." + comparison.name(), comparison.candidate().eer());
      metrics.put("eer.low." + comparison.name(), comparison.candidate().interval().low());
      metrics.put("eer.high." + comparison.name(), comparison.candidate().interval().high());
      metrics.put("min_dcf." + comparison.name(), comparison.candidate().minDcf());
      metrics.put("eer.active." + comparison.name(), comparison.active().eer());
    }
    identification.ifPresent(
        found -> {
          metrics.put("fpir.held-out", found.candidateFpir());
          metrics.put("fnir.held-out", found.candidateFnir());
          metrics.put("fpir.active.held-out", found.activeFpir());
        });
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
  }
}
