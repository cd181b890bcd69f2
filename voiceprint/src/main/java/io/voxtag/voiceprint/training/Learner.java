package io.voxtag.voiceprint.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.voxtag.voiceprint.training.batch.Batch;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.optim.LossScaler;
import io.voxtag.voiceprint.training.optim.Optimizer;
import io.voxtag.voiceprint.training.optim.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that learns: a replica of the network on each device, and the optimiser on the first.
 * A batch is split evenly; gradients are summed, so that weights move as on one device. Batch
 * normalisation uses the statistics of each part, and keeps those of the first device.
 */
final class Learner implements AutoCloseable {
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Weights> weights = new ArrayList<>();
  private final Optimizer optimizer;
  private final Map<String, NDArray> state = new LinkedHashMap<>();
  private LossScaler scaler;

  /**
   * Makes a network with random weights.
   *
   * @param input what it reads
   * @param classes speakers to tell apart
   * @param devices at least one
   * @param halved true to learn in half precision
   */
  Learner(
      TrainingConfig config,
      NetworkInput input,
      int classes,
      List<Device> devices,
      boolean halved) {
    scaler = halved ? LossScaler.START : LossScaler.NONE;
    for (Device device : devices) {
      Replica replica = new Replica(config, input, classes, device, halved);
      replicas.add(replica);
      weights.add(new Weights(replica.manager(), replica.parameters()));
    }
    NDManager manager = main().manager();
    optimizer = Optimizer.of(config.optimizerConf(), weights.get(0), manager);
    main().parameters().forEach((name, parameter) -> state.put(name, parameter.getArray()));
    state.putAll(optimizer.state());
    spread();
  }

  /**
   * What came of a batch.
   *
   * @param loss mean
   * @param right crops whose own class had the highest score
   * @param moved false where gradients overflowed, so that the weights stayed
   */
  record Result(double loss, long right, boolean moved) {}

  /** Moves all weights by one batch. */
  Result step(Batch batch, long step, double rate, double margin) {
    List<NDManager> scratches = new ArrayList<>();
    try {
      List<Replica.Outcome> outcomes = new ArrayList<>();
      int parts = Math.min(replicas.size(), batch.size());
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        for (int i = 0; i < parts; i++) {
          NDManager scratch = replicas.get(i).manager().newSubManager();
          scratches.add(scratch);
          outcomes.add(
              replicas
                  .get(i)
                  .learn(
                      collector,
                      scratch,
                      batch,
                      start(batch, i, parts),
                      start(batch, i + 1, parts),
                      step,
                      margin,
                      scaler.scale()));
        }
      }
      NDManager scratch = scratches.get(0);
      for (int i = 1; i < parts; i++) {
        addGradients(weights.get(i), scratch);
      }
      boolean finite = !scaler.isUsed() || weights.get(0).gradientsAreFinite(scratch);
      if (finite) {
        optimizer.step(scratch, rate, 1 / scaler.scale());
      }
      scaler = scaler.after(finite);
      weights.forEach(Weights::clearGradients);
      spread();
      return result(batch, outcomes, finite);
    } finally {
      scratches.forEach(NDManager::close);
    }
  }

  private static int start(Batch batch, int part, int parts) {
    return batch.size() * part / parts;
  }

  private static Result result(Batch batch, List<Replica.Outcome> outcomes, boolean moved) {
    double loss = 0;
    long right = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      int size = start(batch, i + 1, outcomes.size()) - start(batch, i, outcomes.size());
      loss += (double) outcomes.get(i).loss().getFloat() * size / batch.size();
      right += outcomes.get(i).right().getLong();
    }
    return new Result(loss, right, moved);
  }

  private void addGradients(Weights from, NDManager scratch) {
    Map<String, NDArray> sums = new LinkedHashMap<>();
    Device device = scratch.getDevice();
    from.forEachGradient(
        scratch,
        (name, gradient) -> {
          NDArray copy = gradient.toDevice(device, true);
          copy.attach(scratch);
          sums.put(name, copy);
        });
    weights.get(0).forEachGradient(scratch, (name, gradient) -> gradient.addi(sums.get(name)));
  }

  /** Gives the other devices what the first one has. */
  private void spread() {
    for (Replica replica : replicas.subList(1, replicas.size())) {
      try (NDManager scratch = replica.manager().newSubManager()) {
        replica
            .parameters()
            .forEach(
                (name, parameter) -> {
                  NDArray copy =
                      plain(state.get(name), scratch).toDevice(replica.manager().getDevice(), true);
                  copy.attach(scratch);
                  plain(parameter.getArray(), scratch).muli(0).addi(copy);
                });
      }
    }
  }

  private static NDArray plain(NDArray array, NDManager scratch) {
    NDArray alias = array.stopGradient();
    alias.attach(scratch);
    return alias;
  }

  /** Whether all weights are finite numbers. */
  boolean finite() {
    try (NDManager scratch = main().manager().newSubManager()) {
      double sum = 0;
      for (NDArray array : weights.get(0).values().values()) {
        NDArray total = array.sum();
        total.attach(scratch);
        sum += total.getFloat();
      }
      return Double.isFinite(sum);
    }
  }

  /** The scaling of the loss, for a checkpoint. */
  LossScaler scaler() {
    return scaler;
  }

  /** All that a checkpoint holds, by name; live arrays of the first device. */
  Map<String, NDArray> state() {
    return state;
  }

  /** After the state was changed from outside: how far the run was then. */
  void resume(RunState run) {
    optimizer.resume(run.step() - run.skipped());
    if (scaler.isUsed() && run.scaler().isUsed()) {
      scaler = run.scaler();
    }
    spread();
  }

  /** The replica on the first device. */
  Replica main() {
    return replicas.get(0);
  }

  @Override
  public void close() {
    optimizer.close();
    weights.forEach(Weights::close);
    replicas.forEach(Replica::close);
  }
}
