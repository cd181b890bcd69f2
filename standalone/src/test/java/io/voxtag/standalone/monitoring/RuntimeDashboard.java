package io.voxtag.standalone.monitoring;

import static io.voxtag.standalone.monitoring.Panel.lines;

import java.util.List;

/** The processes, and their clients of Kafka. */
final class RuntimeDashboard {

  private RuntimeDashboard() {}

  static Dashboard create() {
    return new Dashboard(
        "voxtag-runtime",
        "Voxtag / JVM and Kafka",
        "Memory, processors and threads of each process, and what its Kafka clients do.",
        List.of(
            lines(
                "Heap",
                "bytes",
                "Heap in use and at most. A floor that rises for hours is a leak.",
                "sum by (job, instance) (jvm_memory_used_bytes{area=\"heap\"})",
                "used {{job}} {{instance}}",
                "sum by (job, instance) (jvm_memory_max_bytes{area=\"heap\"})",
                "most {{job}} {{instance}}"),
            lines(
                "Processors",
                "percentunit",
                "Share of the machine's processors that the process uses, and that all do.",
                "process_cpu_usage",
                "{{job}} {{instance}}",
                "system_cpu_usage",
                "machine of {{job}} {{instance}}"),
            lines(
                "Garbage collection",
                "percentunit",
                "Share of the time in which collections stop the process.",
                "sum by (job, instance) (rate(jvm_gc_pause_seconds_sum[$__rate_interval]))",
                "{{job}} {{instance}}"),
            lines(
                "Threads",
                "short",
                "Threads that live.",
                "jvm_threads_live_threads",
                "{{job}} {{instance}}"),
            lines(
                "Open files",
                "short",
                "Files and sockets of the process, and how many it may have.",
                "process_files_open_files",
                "{{job}} {{instance}}",
                "process_files_max_files",
                "most {{job}} {{instance}}"),
            lines(
                "HTTP",
                "reqps",
                "Requests a second by status, metrics and health among them.",
                "sum by (job, status)"
                    + " (rate(http_server_requests_seconds_count[$__rate_interval]))",
                "{{job}} {{status}}"),
            lines(
                "Kafka: ingest sends",
                "ops",
                "Records that the producer of ingest sends a second, sends again, and gives up.",
                "sum by (instance) (rate(kafka_producer_record_send_total[$__rate_interval]))",
                "sent {{instance}}",
                "sum by (instance) (rate(kafka_producer_record_retry_total[$__rate_interval]))",
                "again {{instance}}",
                "sum by (instance) (rate(kafka_producer_record_error_total[$__rate_interval]))",
                "given up {{instance}}"),
            lines(
                "Kafka: latency of ingest",
                "ms",
                "Mean time that a broker takes to answer a request to store audio.",
                "max by (instance) (kafka_producer_request_latency_avg)",
                "{{instance}}"),
            lines(
                "Kafka Streams: records",
                "ops",
                "Records that the consumers of the matcher take a second.",
                "sum by (instance) (kafka_consumer_fetch_manager_records_consumed_rate)",
                "{{instance}}"),
            lines(
                "Kafka Streams: commits",
                "ms",
                "Mean time of a commit, which tags wait for.",
                "max by (instance) (kafka_stream_thread_commit_latency_avg)",
                "{{instance}}")));
  }
}
