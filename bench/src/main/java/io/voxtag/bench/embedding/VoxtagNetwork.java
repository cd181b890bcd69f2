package io.voxtag.bench.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.voxtag.voiceprint.bundle.ModelBundle;
import io.voxtag.voiceprint.bundle.TensorData;
import io.voxtag.voiceprint.network.Architecture;
import io.voxtag.voiceprint.network.InferencePlan;
import io.voxtag.voiceprint.network.StateDict;
import java.nio.FloatBuffer;
import java.util.Map;

/** The network of a bundle on PyTorch, without features. Thread-safe. */
final class VoxtagNetwork implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu());
  private final InferencePlan plan;

  VoxtagNetwork(ModelBundle bundle, int bins) {
    var architecture = bundle.manifest().architecture();
    Map<String, Object> args = new java.util.HashMap<>(architecture.args());
    args.put("input_size", bins);
    Block network = Architecture.of(architecture.name()).create(args);
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 100, bins));
    network.freezeParameters(true);
    Map<String, TensorData> tensors = bundle.tensors();
    for (Map.Entry<String, Parameter> entry : StateDict.of(network).entrySet()) {
      entry.getValue().getArray().set(FloatBuffer.wrap(tensors.get(entry.getKey()).toFloats()));
    }
    plan = InferencePlan.of(network, manager);
  }

  /** Features [batch, frames, bins] to embeddings [batch, embedding], row-major. */
  float[] embed(float[] features, Shape shape) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray input = scratch.create(features, shape);
      return plan.embed(input).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
