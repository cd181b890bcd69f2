package io.voxtag.standalone.monitoring;

import static io.voxtag.standalone.monitoring.Dashboards.quantile;
import static io.voxtag.standalone.monitoring.Dashboards.rate;
import static io.voxtag.standalone.monitoring.Panel.heatmap;
import static io.voxtag.standalone.monitoring.Panel.lines;

import java.util.List;

/** From audio to tags, stage by stage. */
final class PipelineDashboard {

  private PipelineDashboard() {}

  static Dashboard create() {
    return new Dashboard(
        "voxtag-pipeline",
        "Voxtag / Pipeline",
        "From audio to tags, stage by stage: where the time goes, and what is set aside.",
        List.of(
            lines(
                "Chunks",
                "ops",
                "Chunks of audio a second: stored by ingest, not stored, and read by embedders.",
                rate("voxtag_ingest_chunks_total"),
                "stored",
                rate("voxtag_ingest_chunks_failed_total"),
                "not stored",
                rate("voxtag_embedder_chunks_total", "outcome"),
                "read, {{outcome}}"),
            lines(
                "Streams",
                "short",
                "Connections, and legs that embedders follow. Legs without an end stay open for"
                    + " an idle time.",
                "sum(voxtag_ingest_streams_open)",
                "connections",
                "sum(voxtag_embedder_legs_open)",
                "legs"),
            lines(
                "Windows",
                "ops",
                "Windows a second by what became of them.",
                rate("voxtag_embedder_windows_total", "outcome"),
                "{{outcome}}"),
            lines(
                "How streams end",
                "ops",
                "Connections that ended a second, by reason. Undelivered, fault and too_many are"
                    + " ours, the others the client's.",
                rate("voxtag_ingest_streams_closed_total", "transport, reason"),
                "{{transport}} {{reason}}"),
            heatmap(
                "Capture to tag",
                "s",
                "How the time from a window's last sample to its tag is distributed.",
                "voxtag_matcher_capture_to_tag_seconds"),
            lines(
                    "Latency up to each point",
                    "s",
                    "99 of 100 windows are faster: until Kafka has the embedding, and until the"
                        + " tag. The line is the goal.",
                    quantile(0.99, "voxtag_embedder_capture_to_embedding_seconds"),
                    "embedding",
                    quantile(0.99, "voxtag_matcher_capture_to_tag_seconds"),
                    "tag")
                .withGoal(0.3),
            lines(
                "Stages of the embedder",
                "s",
                "99 of 100 are faster. A long queue means a busy device, a long produce a slow"
                    + " broker.",
                quantile(0.99, "voxtag_embedder_stage_seconds", "stage"),
                "{{stage}}"),
            lines(
                "Stages around it",
                "s",
                "99 of 100 are faster: storing a chunk, deciding on a window, an answer of Redis.",
                quantile(0.99, "voxtag_ingest_publish_seconds"),
                "store a chunk",
                quantile(0.99, "voxtag_matcher_decision_seconds"),
                "decide",
                quantile(0.99, "voxtag_matcher_redis_answer_seconds"),
                "Redis"),
            lines(
                "Device use",
                "percentunit",
                "Share of the time in which the device computes. Near 1 windows queue.",
                "voxtag:device_busy:ratio5m",
                "{{instance}}"),
            lines(
                "Batches",
                "percentunit",
                "How full batches of live windows are. Full ones mean that more capacity is"
                    + " needed soon.",
                "voxtag:batch_fill:ratio5m",
                "fill"),
            lines(
                "Held back",
                "short",
                "Windows that wait for a batch or are under way, and partitions that are paused"
                    + " because of it.",
                "sum(voxtag_embedder_queue_depth)",
                "queue",
                "sum(voxtag_embedder_windows_under_way)",
                "under way",
                "sum(voxtag_embedder_paused_partitions)",
                "paused partitions"),
            lines(
                "Waiting for Kafka",
                "bytes",
                "Audio that ingest holds until Kafka has it. At its limit clients are slowed.",
                "sum(voxtag_ingest_outstanding_bytes)",
                "not acknowledged",
                "sum(voxtag_ingest_queue_bytes)",
                "not sent"),
            lines(
                "Failures",
                "ops",
                "Failures of the model or its device, and of stream threads, a second.",
                rate("voxtag_embedder_model_failures_total", "model"),
                "model {{model}}",
                rate("voxtag_matcher_threads_replaced_total", "application"),
                "thread of {{application}}"),
            lines(
                "Dead letters",
                "ops",
                "Records set aside a second, by the topic that they came from.",
                rate("voxtag_embedder_dead_letters_total", "topic"),
                "{{topic}}",
                rate("voxtag_matcher_dead_letters_total", "topic"),
                "{{topic}}",
                rate("voxtag_trainer_dead_letters_total", "topic"),
                "{{topic}}")));
  }
}
