package io.voxtag.embedder.model;

import io.micrometer.core.instrument.Counter;
import io.voxtag.embedder.batch.WindowEmbedder;
import java.util.List;
import java.util.OptionalDouble;

/** A model whose work is timed and whose failures are counted. Thread-safe. */
final class WatchedEmbedder implements WindowEmbedder {

  private final WindowEmbedder model;
  private final DeviceUse device;
  private final Counter failures;

  WatchedEmbedder(WindowEmbedder model, DeviceUse device, Counter failures) {
    this.model = model;
    this.device = device;
    this.failures = failures;
  }

  @Override
  public float[][] embed(List<float[]> windows) {
    device.began();
    try {
      return model.embed(windows);
    } catch (RuntimeException e) {
      failures.increment();
      throw e;
    } finally {
      device.ended();
    }
  }

  @Override
  public String modelVersion() {
    return model.modelVersion();
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public int minSamples() {
    return model.minSamples();
  }

  @Override
  public boolean onGpu() {
    return model.onGpu();
  }

  @Override
  public OptionalDouble sameVoiceThreshold() {
    return model.sameVoiceThreshold();
  }

  @Override
  public void close() {
    model.close();
  }
}
