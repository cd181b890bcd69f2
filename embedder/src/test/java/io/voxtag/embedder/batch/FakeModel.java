package io.voxtag.embedder.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** A model whose vectors depend on the samples alone, and which does what a test wants first. */
public final class FakeModel implements WindowEmbedder {

  private static final int DIMENSION = 8;

  private final String version;
  private final UnaryOperator<List<float[]>> before;
  private final List<Integer> batches = new ArrayList<>();
  private boolean closed;

  public FakeModel() {
    this(windows -> windows);
  }

  /** Calls {@code before} with each batch. */
  public FakeModel(UnaryOperator<List<float[]>> before) {
    this("fake-1", before);
  }

  /** The same of another version. */
  public FakeModel(String version, UnaryOperator<List<float[]>> before) {
    this.version = version;
    this.before = before;
  }

  /** The vector of a window. */
  public static float[] vector(float[] window) {
    float[] vector = new float[DIMENSION];
    double norm = 0;
    for (int i = 0; i < DIMENSION; i++) {
      int part = window.length / DIMENSION;
      int hash = Arrays.hashCode(Arrays.copyOfRange(window, i * part, (i + 1) * part));
      vector[i] = (hash & 0xffff) + 1;
      norm += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) Math.sqrt(norm);
    }
    return vector;
  }

  /** Sizes of the batches so far, without the one at the start. */
  synchronized List<Integer> batches() {
    return List.copyOf(batches.subList(1, batches.size()));
  }

  @Override
  public String modelVersion() {
    return version;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public int minSamples() {
    return 400;
  }

  @Override
  public boolean onGpu() {
    return false;
  }

  @Override
  public OptionalDouble sameVoiceThreshold() {
    return OptionalDouble.empty();
  }

  @Override
  public float[][] embed(List<float[]> windows) {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("model " + version + " is closed");
      }
      batches.add(windows.size());
    }
    return before.apply(windows).stream().map(FakeModel::vector).toArray(float[][]::new);
  }

  /** Whether it was closed, as whoever has it must in the end. */
  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
