package io.voxtag.voiceprint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.training.batch.Batch;
import io.voxtag.voiceprint.training.config.TrainingConfig;
import io.voxtag.voiceprint.training.optim.Optimizer;
import io.voxtag.voiceprint.training.optim.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerTest {
  private static final int CLASSES = 4;
  private static final double RATE = 1e-3;
  private static final double MARGIN = 0.1;

  @TempDir Path folder;

  @Test
  void twoDevicesMoveWeightsByTheSumOfTheGradientsOfTheirHalves() throws IOException {
    // given
    TrainingConfig config =
        TinySpeakers.config(folder.resolve("config.yml"), "", ", max_steps: 1", "");
    NetworkInput input = new NetworkInput(config.features(), false);
    Batch batch = batch();
    try (Learner learner =
            new Learner(config, input, CLASSES, List.of(Device.cpu(), Device.cpu()), false);
        Replica one = new Replica(config, input, CLASSES, Device.cpu(), false)) {
      values(learner.main())
          .forEach((name, values) -> StateDict.assign(one.parameters().get(name), values));
      Weights weights = new Weights(one.manager(), one.parameters());
      Optimizer optimizer = Optimizer.of(config.optimizerConf(), weights, one.manager());
      for (int step = 0; step < 2; step++) {
        // when
        Learner.Result result = learner.step(batch, step, RATE, MARGIN);
        // then
        double loss = halves(one, weights, optimizer, batch, step);
        assertThat(result.loss()).isCloseTo(loss, within(1e-4 * loss));
        Map<String, float[]> expected = values(one);
        values(learner.main())
            .forEach(
                (name, values) ->
                    assertThat(values)
                        .as(name)
                        .usingComparatorWithPrecision(2e-4f)
                        .containsExactly(expected.get(name)));
      }
    }
  }

  @Test
  void halfPrecisionMovesWeightsNearlyAsSinglePrecisionDoes() throws IOException {
    // given
    TrainingConfig config =
        TinySpeakers.config(folder.resolve("config.yml"), "", ", max_steps: 1", "");
    NetworkInput input = new NetworkInput(config.features(), false);
    Batch batch = batch();
    try (Learner half = new Learner(config, input, CLASSES, List.of(Device.cpu()), true);
        Learner single = new Learner(config, input, CLASSES, List.of(Device.cpu()), false)) {
      values(half.main())
          .forEach(
              (name, values) -> StateDict.assign(single.main().parameters().get(name), values));
      // when
      Learner.Result halved = half.step(batch, 0, RATE, MARGIN);
      Learner.Result whole = single.step(batch, 0, RATE, MARGIN);
      // then
      assertThat(halved.moved()).isTrue();
      assertThat(halved.loss()).isCloseTo(whole.loss(), within(0.02 * whole.loss()));
      assertThat(half.scaler().goodSteps()).isEqualTo(1);
      assertThat(half.finite()).isTrue();
      assertThat(single.scaler().isUsed()).isFalse();
    }
  }

  /** Both halves on one device; the statistics of batch normalisation are those of the first. */
  private static double halves(
      Replica replica, Weights weights, Optimizer optimizer, Batch batch, long step) {
    int half = batch.size() / 2;
    try (NDManager scratch = replica.manager().newSubManager()) {
      double loss = 0;
      Map<String, float[]> statistics = new LinkedHashMap<>();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        for (int part = 0; part < 2; part++) {
          int from = part * half;
          loss +=
              replica
                      .learn(collector, scratch, batch, from, from + half, step, MARGIN, 1)
                      .loss()
                      .getFloat()
                  / 2;
          if (part == 0) {
            statistics.putAll(values(replica));
            statistics.keySet().removeIf(name -> !name.contains("running"));
          }
        }
      }
      statistics.forEach(
          (name, values) -> StateDict.assign(replica.parameters().get(name), values));
      optimizer.step(scratch, RATE, 1);
      weights.clearGradients();
      return loss;
    }
  }

  private static Map<String, float[]> values(Replica replica) {
    Map<String, float[]> values = new LinkedHashMap<>();
    replica.parameters().forEach((name, p) -> values.put(name, p.getArray().toFloatArray()));
    return values;
  }

  private static Batch batch() {
    Random random = new Random(3);
    float[] waveforms = new float[8 * 8000];
    for (int i = 0; i < waveforms.length; i++) {
      waveforms[i] = (float) (0.1 * random.nextGaussian());
    }
    return new Batch(waveforms, new long[] {0, 1, 2, 3, 0, 1, 2, 3});
  }
}
