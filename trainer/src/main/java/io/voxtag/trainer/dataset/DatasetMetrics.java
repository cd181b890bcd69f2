package io.voxtag.trainer.dataset;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What the intake of labelled recordings counts. Thread-safe. */
final class DatasetMetrics {

  private static final String DATASET = "voxtag.trainer.dataset.";

  private final MeterRegistry registry;
  private final Counter evicted;

  DatasetMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.evicted =
        Counter.builder(DATASET + "evicted")
            .description("Recordings given up because the dataset was full")
            .register(registry);
  }

  void gauges(Supplier<DatasetSize> size, Supplier<Number> lag, Supplier<Number> problem) {
    gauge("bytes", "Bytes of recordings", () -> size.get().bytes());
    gauge("speakers", "Speakers with recordings", () -> size.get().speakers());
    gauge("utterances", "Recordings to train on", () -> size.get().utterances());
    gauge("lag", "Records of labelled-utterances and enrollments not yet read", lag);
    gauge("stalled", "1 while recordings cannot be taken", problem);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(DATASET + name, value).description(description).register(registry);
  }

  void placed(Placement placement) {
    placed(placement, 1);
  }

  void placed(Placement placement, int count) {
    Counter.builder("voxtag.trainer.utterances")
        .description("Labelled records read, and recordings erased, by outcome")
        .tag("outcome", placement.tag())
        .register(registry)
        .increment(count);
  }

  void evicted(int count) {
    evicted.increment(count);
  }
}
