package io.voxtag.voiceprint.network.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.Inferable;
import io.voxtag.voiceprint.network.Inference;
import io.voxtag.voiceprint.network.LinearEmbedding;

/**
 * A network that pools statistics of its input and maps them linearly: [batch, frames, bins] to
 * [batch, embedding]. A normalisation behind that map counts as part of it.
 */
public abstract class StatisticsNetwork extends Layer implements LinearEmbedding, Inferable {

  /** The last layer. */
  protected abstract FinalMap last();

  /** Fewest frames that it takes. */
  protected abstract long leastFrames();

  /** Values for each frame of its widest activation. */
  protected abstract long widest();

  /** Pooled statistics of an input of enough frames: [batch, statistics]. */
  protected abstract NDArray pool(ParameterStore store, NDArray features, boolean training);

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there are too few frames
   */
  @Override
  public final NDArray statistics(ParameterStore store, NDArray features, boolean training) {
    requireEnough(features.getShape().get(1), leastFrames());
    return pool(store, features, training);
  }

  /**
   * Refuses inputs that are too short for a network.
   *
   * @throws IllegalArgumentException if there are fewer frames than the least
   */
  public static void requireEnough(long frames, long least) {
    if (frames < least) {
      throw new IllegalArgumentException(
          frames + " frames are too few: this network needs " + least);
    }
  }

  @Override
  public final NDArray apply(ParameterStore store, NDArray features, boolean training) {
    return last().apply(store, statistics(store, features, training), training);
  }

  /** Its forward pass, where a network has no better arrangement. */
  @Override
  public Inference inference(NDManager manager) {
    return new ForwardInference(this, widest(), manager);
  }

  @Override
  public final Projection projection() {
    return last().projection();
  }

  @Override
  public final void setProjection(Projection projection) {
    last().setProjection(projection);
  }

  @Override
  public final Shape outputShape(Shape input) {
    return new Shape(input.get(0), last().size());
  }
}
