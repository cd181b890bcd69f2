package io.voxtag.embedder.batch;

import java.util.List;
import java.util.OptionalDouble;

/** A speaker model. Thread-safe; calls may run at the same time. */
public interface WindowEmbedder extends AutoCloseable {

  /** Version of the model; vectors of different versions are never compared. */
  String modelVersion();

  /** Length of a vector. */
  int dimension();

  /** The fewest samples that a window may have, at 16 kHz. */
  int minSamples();

  /**
   * Whether it works on a GPU, which wants many windows at once. On a CPU a batch is no faster than
   * its windows one by one, and a call uses one processor.
   */
  boolean onGpu();

  /**
   * The cosine below which the model holds two recordings for different voices, where it knows one.
   */
  OptionalDouble sameVoiceThreshold();

  /**
   * Unit vectors, in the order of the windows.
   *
   * @param windows samples at 16 kHz, full scale -1 to 1, each at least {@link #minSamples()} long
   */
  float[][] embed(List<float[]> windows);

  @Override
  void close();
}
