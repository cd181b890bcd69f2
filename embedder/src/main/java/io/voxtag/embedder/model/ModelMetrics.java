package io.voxtag.embedder.model;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.voxtag.embedder.batch.BatchMetrics;
import io.voxtag.embedder.batch.WindowEmbedder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** What is counted of the models that are loaded. Thread-safe. */
public final class ModelMetrics {

  private final MeterRegistry registry;
  private final Counter switches;
  private final DeviceUse device = new DeviceUse();
  private final Map<String, List<Meter>> loaded = new ConcurrentHashMap<>();

  public ModelMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.switches =
        Counter.builder("voxtag.embedder.model.switches")
            .description("Times that another model went into service")
            .register(registry);
    Gauge.builder("voxtag.embedder.models.loaded", loaded::size)
        .description("Models in memory")
        .register(registry);
    FunctionCounter.builder("voxtag.embedder.device.busy", device, DeviceUse::seconds)
        .description("Time in which the device computed for some model; its rate is a share")
        .baseUnit("seconds")
        .register(registry);
  }

  /** The same model, watched at work. */
  WindowEmbedder watched(WindowEmbedder model) {
    return new WatchedEmbedder(
        model,
        device,
        Counter.builder("voxtag.embedder.model.failures")
            .description("Times that the model, or its device, failed on a batch or a window")
            .tag("model", model.modelVersion())
            .register(registry));
  }

  /**
   * A model is in memory.
   *
   * @param batchLimit most live windows in a batch of it
   */
  void loaded(String version, BooleanSupplier serving, int batchLimit) {
    loaded.put(
        version,
        List.of(
            Gauge.builder("voxtag.embedder.model.active", () -> serving.getAsBoolean() ? 1 : 0)
                .description("1 for the model in service, 0 for others that are loaded")
                .tag("model", version)
                .register(registry),
            Gauge.builder("voxtag.embedder.batch.limit", () -> batchLimit)
                .description("Most live windows in a batch of the model")
                .tag("model", version)
                .register(registry)));
  }

  /** It is not any more. */
  void unloaded(String version) {
    List<Meter> gauges = loaded.remove(version);
    if (gauges != null) {
      // They would keep the model in memory.
      gauges.forEach(registry::remove);
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
