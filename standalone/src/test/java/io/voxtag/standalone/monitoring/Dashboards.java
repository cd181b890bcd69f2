package io.voxtag.standalone.monitoring;

import java.util.List;

/** All dashboards. What they ask for is in docs/metrics.md and deploy/prometheus/rules. */
public final class Dashboards {

  private Dashboards() {}

  /** All of them, each under its own name. */
  public static List<Dashboard> all() {
    return List.of(
        OverviewDashboard.create(),
        PipelineDashboard.create(),
        MatchingDashboard.create(),
        TrainingDashboard.create(),
        RuntimeDashboard.create());
  }

  /** A quantile of a histogram over all instances. */
  static String quantile(double rank, String histogram) {
    return quantile(rank, histogram, "");
  }

  /** The same for each value of a label. */
  static String quantile(double rank, String histogram, String label) {
    return "histogram_quantile(%s, sum by (%s) (rate(%s_bucket[$__rate_interval])))"
        .formatted(rank, label.isEmpty() ? "le" : "le, " + label, histogram);
  }

  /** How fast a counter grows over all instances. */
  static String rate(String counter) {
    return "sum(rate(%s[$__rate_interval]))".formatted(counter);
  }

  /** The same for each value of a label. */
  static String rate(String counter, String label) {
    return "sum by (%s) (rate(%s[$__rate_interval]))".formatted(label, counter);
  }
}
