package io.voxtag.embedder.model;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.voxtag.embedder.batch.BatchMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** What is counted of the models that are loaded. Thread-safe. */
public final class ModelMetrics {

  private final MeterRegistry registry;
  private final Counter switches;
  private final Map<String, Gauge> loaded = new ConcurrentHashMap<>();

  public ModelMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.switches =
        Counter.builder("voxtag.embedder.model.switches")
            .description("Times that another model went into service")
            .register(registry);
    Gauge.builder("voxtag.embedder.models.loaded", loaded::size)
        .description("Models in memory")
        .register(registry);
  }

  /** A model is in memory. */
  void loaded(String version, BooleanSupplier serving) {
    loaded.put(
        version,
        Gauge.builder("voxtag.embedder.model.active", () -> serving.getAsBoolean() ? 1 : 0)
            .description("1 for the model in service, 0 for others that are loaded")
            .tag("model", version)
            .register(registry));
  }

  /** It is not any more. */
  void unloaded(String version) {
    Gauge gauge = loaded.remove(version);
    if (gauge != null) {
      // It would keep the model in memory.
      registry.remove(gauge);
    }
  }

  void switched() {
    switches.increment();
  }

  /** 1 while another version serves than the one that was promoted. */
  void mismatch(BooleanSupplier mismatch) {
    Gauge.builder("voxtag.embedder.model.mismatch", () -> mismatch.getAsBoolean() ? 1 : 0)
        .description("1 while another version serves than the one that is promoted")
        .register(registry);
  }

  /** For the batches that a model embeds in the background. */
  BatchMetrics background(String version) {
    Counter windows =
        Counter.builder("voxtag.embedder.background.windows")
            .description("Windows of enrolments embedded in the background")
            .tag("model", version)
            .register(registry);
    Timer inference =
        Timer.builder("voxtag.embedder.background.inference")
            .description("A batch of the background in the model")
            .tag("model", version)
            .register(registry);
    return new BatchMetrics() {
      @Override
      public void waited(Duration queued) {
        // Grows with the enrolments of a recording and with live load; the lag says how far it is.
      }

      @Override
      public void embedded(int count, Duration took) {
        windows.increment(count);
        inference.record(took);
      }
    };
  }
}
