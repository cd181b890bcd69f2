package io.voxtag.standalone.monitoring;

import static io.voxtag.standalone.monitoring.Dashboards.rate;
import static io.voxtag.standalone.monitoring.Panel.lines;
import static io.voxtag.standalone.monitoring.Panel.stat;

import java.util.List;

/** Whether all is well, at a glance. */
final class OverviewDashboard {

  private OverviewDashboard() {}

  static Dashboard create() {
    return new Dashboard(
        "voxtag-overview",
        "Voxtag / Overview",
        "Whether all is well, at a glance; the other dashboards say why not.",
        List.of(
            stat(
                "Alerts",
                "short",
                "Alerts that fire now; docs/runbook.md has a section for each.",
                "count(ALERTS{alertname=~\"Voxtag.*\", alertstate=\"firing\"}) or vector(0)"),
            stat(
                "Streams",
                "short",
                "Connections that stream audio now, one for each leg or call.",
                "sum(voxtag_ingest_streams_open)"),
            stat(
                "Speakers",
                "short",
                "Enrolled speakers under the model in service.",
                "max(voxtag_matcher_speakers and on (model, instance)"
                    + " voxtag_matcher_model_active == 1)"),
            stat(
                "Tag latency p99",
                "s",
                "From the last sample of a window to its tag, over five minutes; the goal is 300"
                    + " ms.",
                "voxtag:tag_latency_seconds:p99_5m"),
            stat(
                "Unknown",
                "percentunit",
                "Share of unknown voices in what was told apart within an hour.",
                "sum(rate(voxtag_matcher_tags_total{state=\"unknown\"}[1h]))"
                    + " / sum(rate(voxtag_matcher_tags_total{state=~\"identified|unknown\"}[1h]))"),
            stat(
                "Dead letters",
                "short",
                "Records that were set aside within an hour.",
                "sum(increase(voxtag_embedder_dead_letters_total[1h]))"
                    + " + sum(increase(voxtag_matcher_dead_letters_total[1h]))"),
            lines(
                "Tags",
                "ops",
                "Published tags a second by state. One a second for each leg in which somebody"
                    + " speaks or not.",
                "voxtag:tags:rate5m",
                "{{state}}"),
            lines(
                    "Tag latency",
                    "s",
                    "From the capture of a window's last sample to its tag; the line is the goal.",
                    "voxtag:tag_latency_seconds:p50_5m",
                    "p50",
                    "voxtag:tag_latency_seconds:p99_5m",
                    "p99")
                .withGoal(0.3),
            lines(
                "Records that wait",
                "short",
                "How far each consumer is behind. Growing means that it has too little capacity"
                    + " or stands.",
                "voxtag:lag:records",
                "{{consumer}}"),
            lines(
                "Ready",
                "short",
                "1 for each instance that does its work.",
                "voxtag_ingest_ready",
                "ingest {{instance}}",
                "voxtag_embedder_ready",
                "embedder {{instance}}",
                "voxtag_matcher_ready",
                "matcher {{instance}}",
                "voxtag_trainer_ready",
                "trainer {{instance}}"),
            lines(
                "Model in service",
                "short",
                "Instances that serve each version. More than one version for long: see"
                    + " VoxtagModelsDiffer in the runbook.",
                "sum by (model) (voxtag_embedder_model_active)",
                "embedder {{model}}",
                "sum by (model) (voxtag_matcher_model_active)",
                "matcher {{model}}"),
            lines(
                "Enrolments",
                "ops",
                "Answers to enrolments and erasures a second by outcome.",
                rate("voxtag_matcher_enrollments_total", "outcome"),
                "{{outcome}}")));
  }
}
