package io.voxtag.voiceprint.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.voxtag.voiceprint.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every architecture promises. */
class EveryNetworkTest {
  private static final String ONE = "io.voxtag.voiceprint.network.SmallNetworks#one";
  private static final String MANY = "io.voxtag.voiceprint.network.SmallNetworks#many";

  @ParameterizedTest
  @MethodSource(MANY)
  void aPlanComputesWhatTheNetworkDoes(String name, Map<String, ?> arguments) {
    try (NDManager manager = SmallNetworks.manager()) {
      // given
      Block network = SmallNetworks.create(name, arguments, manager);
      NDArray features = SmallNetworks.features(manager, 3, 231);
      // when
      NDArray planned = InferencePlan.of(network, manager).embed(features);
      // then
      assertThat(planned.getShape()).isEqualTo(new Shape(3, SmallNetworks.EMBEDDING));
      Reference.assertClose(planned, forward(network, features), 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource(ONE)
  void aPlanOutlivesItsNetworkAndHoldsNoMoreAfterManyCalls(String name, Map<String, ?> arguments) {
    try (NDManager manager = SmallNetworks.manager()) {
      // given
      InferencePlan plan;
      float[] expected;
      try (NDManager weights = manager.newSubManager()) {
        Block network = SmallNetworks.create(name, arguments, weights);
        plan = InferencePlan.of(network, manager);
        expected = forward(network, SmallNetworks.features(weights, 2, 231)).toFloatArray();
      }
      int held = manager.getManagedArrays().size();
      for (int call = 0; call < 5; call++) {
        try (NDManager scratch = manager.newSubManager()) {
          // when
          NDArray features = SmallNetworks.features(scratch, 2, 231);
          NDArray planned = plan.embed(features);
          // then
          Reference.assertClose(
              planned, scratch.create(expected, new Shape(2, SmallNetworks.EMBEDDING)), 1e-4);
          assertThat(scratch.getManagedArrays()).contains(features, planned);
        }
        assertThat(manager.getManagedArrays()).hasSize(held);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ONE)
  void aCallLeavesNothingButItsResult(String name, Map<String, ?> arguments) {
    try (NDManager manager = SmallNetworks.manager();
        NDManager call = manager.newSubManager()) {
      // given
      InferencePlan plan =
          InferencePlan.of(SmallNetworks.create(name, arguments, manager), manager);
      NDArray features = SmallNetworks.features(call, 2, 231);
      // when
      plan.embed(features);
      // then
      assertThat(call.getManagedArrays()).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource(ONE)
  void callsFromManyThreadsGiveTheSame(String name, Map<String, ?> arguments) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (NDManager manager = SmallNetworks.manager()) {
      // given
      InferencePlan plan =
          InferencePlan.of(SmallNetworks.create(name, arguments, manager), manager);
      float[] expected = embed(plan, manager);
      // when
      List<Future<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(threads.submit(() -> embed(plan, manager)));
      }
      // then
      for (Future<float[]> call : calls) {
        assertThat(call.get()).usingComparatorWithPrecision(1e-4f).containsExactly(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static float[] embed(InferencePlan plan, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      return plan.embed(SmallNetworks.features(scratch, 1, 100)).toFloatArray();
    }
  }

  @ParameterizedTest
  @MethodSource(ONE)
  void trainingLowersTheLossAndMovesTheStatistics(String name, Map<String, ?> arguments) {
    try (NDManager manager = SmallNetworks.manager()) {
      // given embeddings to be learnt by heart
      Block network = SmallNetworks.untrained(name, arguments, manager);
      Map<String, Parameter> state = StateDict.of(network);
      NDArray features = SmallNetworks.features(manager, 8, 60);
      NDArray targets = targets(manager);
      ParameterStore store = new ParameterStore(manager, false);
      Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(3e-3f)).build();
      state.values().stream()
          .filter(Parameter::requiresGradient)
          .forEach(parameter -> parameter.getArray().setRequiresGradient(true));
      List<Float> losses = new ArrayList<>();
      int held = 0;
      for (int step = 0; step < 12; step++) {
        try (NDManager scratch = manager.newSubManager();
            GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          // when
          NDArray input = features.duplicate();
          input.attach(scratch);
          NDArray embeddings = network.forward(store, new NDList(input), true).singletonOrThrow();
          NDArray loss = embeddings.sub(targets).square().mean();
          collector.backward(loss);
          losses.add(loss.getFloat());
        }
        state.forEach(
            (key, parameter) -> {
              if (parameter.requiresGradient()) {
                try (NDArray gradient = parameter.getArray().getGradient()) {
                  adam.update(key, parameter.getArray(), gradient);
                }
              }
            });
        int now = manager.getManagedArrays().size();
        // then a step leaves nothing behind, once the optimizer has its moments
        if (step > 1) {
          assertThat(now).isEqualTo(held);
        }
        held = now;
      }
      assertThat(losses).doesNotContain(Float.NaN);
      assertThat(losses.get(losses.size() - 1)).isLessThan(0.8f * losses.get(0));
      state.forEach(
          (key, parameter) -> {
            if (key.endsWith("running_mean")) {
              assertThat(parameter.getArray().abs().max().getFloat()).as(key).isPositive();
            }
          });
    }
  }

  private static NDArray targets(NDManager manager) {
    Random random = new Random(11);
    float[] values = new float[8 * SmallNetworks.EMBEDDING];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, new Shape(8, SmallNetworks.EMBEDDING));
  }

  @ParameterizedTest
  @MethodSource(MANY)
  void theEndIsALinearMapThatCanBeReplaced(String name, Map<String, ?> arguments) {
    try (NDManager manager = SmallNetworks.manager()) {
      // given
      Block network = SmallNetworks.create(name, arguments, manager);
      LinearEmbedding embedding = LinearEmbedding.of(network, "whitening_conf");
      NDArray features = SmallNetworks.features(manager, 3, 60);
      ParameterStore store = new ParameterStore(manager, false);
      NDArray statistics = embedding.statistics(store, features, false);
      // then
      LinearEmbedding.Projection present = embedding.projection();
      Reference.assertClose(applied(present, statistics), forward(network, features), 1e-4);
      // when
      LinearEmbedding.Projection other = random(present);
      embedding.setProjection(other);
      // then
      Reference.assertClose(applied(other, statistics), forward(network, features), 1e-4);
      Reference.assertClose(
          applied(embedding.projection(), statistics), applied(other, statistics), 1e-4);
    }
  }

  private static NDArray applied(LinearEmbedding.Projection projection, NDArray statistics) {
    int rows = (int) statistics.getShape().get(0);
    int size = projection.bias().length;
    float[] result = new float[rows * size];
    for (int row = 0; row < rows; row++) {
      float[] values = statistics.get(row).toFloatArray();
      System.arraycopy(projection.apply(values), 0, result, row * size, size);
    }
    return statistics.getManager().create(result, new Shape(rows, size));
  }

  private static LinearEmbedding.Projection random(LinearEmbedding.Projection like) {
    Random random = new Random(13);
    float[][] weight = new float[like.bias().length][like.weight()[0].length];
    float[] bias = new float[weight.length];
    for (int row = 0; row < weight.length; row++) {
      bias[row] = (float) random.nextGaussian();
      for (int i = 0; i < weight[row].length; i++) {
        weight[row][i] = (float) random.nextGaussian();
      }
    }
    return new LinearEmbedding.Projection(weight, bias);
  }

  @ParameterizedTest
  @MethodSource(ONE)
  void anUnknownArgumentIsRefusedByName(String name, Map<String, ?> arguments) {
    Map<String, Object> wrong = new HashMap<>(arguments);
    wrong.put("chanels", 8);
    assertThatThrownBy(() -> Architecture.of(name).create(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " has no argument 'chanels'; it takes [")
        .hasMessageContaining("embd_dim");
  }

  @ParameterizedTest
  @MethodSource(ONE)
  void anEmbeddingOutOfRangeIsRefusedByName(String name, Map<String, ?> arguments) {
    for (Object size : List.of(0, 1 << 15, "many", 1.5)) {
      Map<String, Object> wrong = new HashMap<>(arguments);
      wrong.put("embd_dim", size);
      assertThatThrownBy(() -> Architecture.of(name).create(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              name + ": embd_dim is " + size + " but must be a whole number from 1 to 16384");
    }
  }

  private static NDArray forward(Block network, NDArray features) {
    ParameterStore store = new ParameterStore(features.getManager(), false);
    return network.forward(store, new NDList(features), false).singletonOrThrow();
  }
}
