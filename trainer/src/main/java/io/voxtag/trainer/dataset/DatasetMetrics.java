package io.voxtag.trainer.dataset;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voxtag.schemas.Topics;
import java.io.File;
import java.util.function.Supplier;

/** What the intake of labelled recordings counts. Thread-safe. */
final class DatasetMetrics {

  private static final String DATASET = "voxtag.trainer.dataset.";

  private final MeterRegistry registry;
  private final Counter evicted;
  private final Counter deadLetters;

  DatasetMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.evicted =
        Counter.builder(DATASET + "evicted")
            .description("Recordings given up because the dataset was full")
            .register(registry);
    this.deadLetters =
        Counter.builder("voxtag.trainer.dead.letters")
            .description("Records sent to a dead-letter topic")
            .tag("topic", Topics.LABELLED_UTTERANCES.name())
            .register(registry);
    for (Placement placement : Placement.values()) {
      utterances(placement);
    }
  }

  void gauges(Supplier<DatasetSize> size, Supplier<Number> lag, Supplier<Number> problem) {
    gauge("bytes", "Bytes of recordings", () -> size.get().bytes());
    gauge("speakers", "Speakers with recordings", () -> size.get().speakers());
    gauge("utterances", "Recordings to train on", () -> size.get().utterances());
    gauge("lag", "Records of labelled-utterances and enrollments not yet read", lag);
    gauge("stalled", "1 while recordings cannot be taken", problem);
  }

  /** Shows how near the end of the room is: that of the dataset, and that of the disk. */
  void room(DatasetSettings settings) {
    File disk = settings.folder().toAbsolutePath().toFile();
    gauge("limit.bytes", "Most bytes of recordings", settings::maxBytes);
    gauge("disk.free.bytes", "Bytes free on the disk of the recordings", disk::getUsableSpace);
    gauge("disk.size.bytes", "Bytes of the disk of the recordings", disk::getTotalSpace);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(DATASET + name, value).description(description).register(registry);
  }

  void placed(Placement placement) {
    placed(placement, 1);
  }

  void placed(Placement placement, int count) {
    utterances(placement).increment(count);
  }

  private Counter utterances(Placement placement) {
    return Counter.builder("voxtag.trainer.utterances")
        .description("Labelled records read, and recordings erased, by outcome")
        .tag("outcome", placement.tag())
        .register(registry);
  }

  void deadLetter() {
    deadLetters.increment();
  }

  void evicted(int count) {
    evicted.increment(count);
  }
}
