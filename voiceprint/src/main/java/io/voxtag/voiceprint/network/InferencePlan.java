package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/**
 * A network whose training is over, arranged for speed: float32 features [batch, frames, bins] to
 * [batch, embedding], the same up to rounding as the network's forward pass without training.
 *
 * <p>Frames are rows and channels columns, so that a convolution is one matrix product; batch
 * normalisation is part of the weights. Immutable and thread-safe: it has copies of the weights,
 * and does not see what becomes of the network afterwards.
 */
public final class InferencePlan {
  /**
   * Values of the widest activation that are worked on at a time, which stay in a core's cache.
   * Where windows are short, several of them share the cost of calling the operators.
   */
  private static final long CACHED_VALUES = 1 << 19;

  /** Just below 32 MiB, the largest block from which the C library learns. */
  private static final long LARGE_BLOCK_VALUES = 8_000_000;

  private final Inference network;

  private InferencePlan(Inference network) {
    this.network = network;
  }

  /**
   * Copies the weights of a network that {@link Architecture} made.
   *
   * @param manager owner of the copies; the plan can be used until it is closed
   * @throws IllegalArgumentException if it is another network
   */
  public static InferencePlan of(Block network, NDManager manager) {
    if (network instanceof Inferable inferable) {
      InferencePlan plan = new InferencePlan(inferable.inference(manager));
      keepFreedMemory(manager);
      return plan;
    }
    throw new IllegalArgumentException(
        "no inference plan for " + network.getClass().getSimpleName());
  }

  /**
   * Has glibc keep what a call frees for the next call. It returns large blocks to the system,
   * which then clears every page anew, until it has seen a larger one freed; other C libraries do
   * not care. The block is never touched, so that it costs no memory.
   */
  private static void keepFreedMemory(NDManager manager) {
    if (!manager.getDevice().isGpu()) {
      manager.create(new Shape(LARGE_BLOCK_VALUES), DataType.FLOAT32).close();
    }
  }

  /**
   * Whether the network takes features as they are; others take features from which their mean over
   * time is subtracted.
   */
  public boolean takesLevels() {
    return network.takesLevels();
  }

  /**
   * Embeds features.
   *
   * @param features [batch, frames, bins], on the device of the weights
   * @return [batch, embedding], on the manager of the features
   */
  public NDArray embed(NDArray features) {
    long batch = features.getShape().get(0);
    long frames = features.getShape().get(1);
    long most =
        features.getDevice().isGpu()
            ? batch
            : Math.max(1, CACHED_VALUES / (frames * network.widest()));
    if (batch <= most) {
      return network.embed(features);
    }
    NDList parts = new NDList();
    for (long from = 0; from < batch; from += most) {
      try (NDArray part =
          features.get(new NDIndex().addSliceDim(from, Math.min(batch, from + most)))) {
        parts.add(network.embed(part));
      }
    }
    try (parts) {
      return ai.djl.ndarray.NDArrays.concat(parts);
    }
  }
}
