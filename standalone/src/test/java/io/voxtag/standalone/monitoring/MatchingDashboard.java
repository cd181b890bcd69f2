package io.voxtag.standalone.monitoring;

import static io.voxtag.standalone.monitoring.Dashboards.quantile;
import static io.voxtag.standalone.monitoring.Dashboards.rate;
import static io.voxtag.standalone.monitoring.Panel.heatmap;
import static io.voxtag.standalone.monitoring.Panel.lines;

import java.util.List;

/** How well voices are told apart, and whether that changes. */
final class MatchingDashboard {

  private MatchingDashboard() {}

  static Dashboard create() {
    return new Dashboard(
        "voxtag-matching",
        "Voxtag / Matching and drift",
        "How well voices are told apart, whether that changes, and the registry of voices.",
        List.of(
            lines(
                "Unknown voices",
                "percentunit",
                "Share of unknown in what was told apart, over an hour, and the mean of the week"
                    + " before. Hours with few windows are left out.",
                "voxtag:unknown:ratio1h",
                "last hour",
                "avg_over_time(voxtag:unknown:ratio1h[1w] offset 1h)",
                "week before"),
            lines(
                "Statements",
                "percentunit",
                "Share of each state in all tags.",
                "voxtag:tags:rate5m / on () group_left () sum(voxtag:tags:rate5m)",
                "{{state}}"),
            lines(
                "Mean score",
                "short",
                "Of the best candidate over an hour by model version, and the mean of the week"
                    + " before. A step means other audio, other voices or another model.",
                "voxtag:score:mean1h",
                "{{model}}",
                "avg_over_time(voxtag:score:mean1h[1w] offset 1h)",
                "{{model}}, week before"),
            lines(
                "Mean margin",
                "short",
                "How far the best candidate is ahead of the next one, over an hour. Falling means"
                    + " that voices are told apart less well.",
                "voxtag:margin:mean1h",
                "{{model}}",
                "avg_over_time(voxtag:margin:mean1h[1w] offset 1h)",
                "{{model}}, week before"),
            heatmap(
                "Scores",
                "short",
                "How the scores of best candidates are distributed. Two humps, of the known and"
                    + " of the unknown, are well apart where all is well.",
                "voxtag_matcher_score"),
            heatmap(
                "Margins",
                "short",
                "How the margins between the best two candidates are distributed.",
                "voxtag_matcher_margin"),
            lines(
                "Speech until the first decision",
                "s",
                "Seconds of speech of a leg until something confirmed was said of it.",
                quantile(0.5, "voxtag_matcher_speech_to_decision_seconds", "state"),
                "p50 {{state}}",
                quantile(0.9, "voxtag_matcher_speech_to_decision_seconds", "state"),
                "p90 {{state}}"),
            lines(
                "Windows that came again",
                "ops",
                "Repeated after a restart or a rebalance, and dropped.",
                rate("voxtag_matcher_windows_repeated_total"),
                "repeated"),
            lines(
                "Speakers",
                "short",
                "Speakers in memory by model version. All matchers should have as many.",
                "max by (model) (voxtag_matcher_speakers)",
                "{{model}}, most",
                "min by (model) (voxtag_matcher_speakers)",
                "{{model}}, fewest"),
            lines(
                "Registry",
                "s",
                "Time since Redis last answered; about a second at most while it is there.",
                "max by (instance) (voxtag_matcher_registry_staleness_seconds)",
                "{{instance}}"),
            lines(
                "Enrolments",
                "ops",
                "Answers a second by outcome.",
                rate("voxtag_matcher_enrollments_total", "outcome"),
                "{{outcome}}"),
            lines(
                "Enrolments that wait",
                "short",
                "For Redis, and for embedders under each model version.",
                "sum(voxtag_matcher_enrollments_pending)",
                "Redis",
                "sum by (model) (voxtag_embedder_enrollment_lag)",
                "embedder {{model}}")));
  }
}
