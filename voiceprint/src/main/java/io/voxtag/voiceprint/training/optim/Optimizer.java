package io.voxtag.voiceprint.training.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.training.config.OptimizerConf;
import java.util.List;
import java.util.Map;

/** Moves weights against their gradients. Not thread-safe. */
public interface Optimizer extends AutoCloseable {

  /**
   * Moves every weight once; the gradients stay as they are.
   *
   * @param scratch for what lives no longer than the call
   * @param gradientScale what gradients are multiplied with first, 1 for none
   */
  void step(NDManager scratch, double learningRate, double gradientScale);

  /** What it remembers, by name, for a checkpoint: live arrays, not copies. */
  Map<String, NDArray> state();

  /** Tells it how many steps its state has seen. */
  void resume(long steps);

  @Override
  void close();

  /** The optimiser that a configuration asks for. */
  static Optimizer of(OptimizerConf conf, Weights weights, NDManager manager) {
    OptimizerConf.OptimizerArgs args = conf.optimizerArgs();
    if (conf.optimizer().equals("SGD")) {
      return new Sgd(manager, weights, args.weightDecay(), args.momentum(), args.nesterov());
    }
    List<Double> betas = args.betas() == null ? List.of(0.9, 0.999) : args.betas();
    return new Adam(
        manager,
        weights,
        new Adam.Settings(
            betas.get(0),
            betas.get(1),
            args.eps() == null ? 1e-8 : args.eps(),
            args.weightDecay(),
            conf.optimizer().equals("AdamW")));
  }
}
