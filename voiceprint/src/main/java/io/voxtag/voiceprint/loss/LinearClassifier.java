package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import java.util.LinkedHashMap;
import java.util.Map;

/** An affine map from embeddings to logits, for losses without a margin. */
final class LinearClassifier implements Classifier {
  private final Parameter weight;
  private final Parameter bias;

  LinearClassifier(NDManager manager, long classes, long embeddingSize) {
    float bound = (float) (1 / Math.sqrt(embeddingSize));
    weight = Weights.uniform(manager, "weight", bound, classes, embeddingSize);
    bias = Weights.uniform(manager, "bias", bound, classes);
  }

  @Override
  public NDArray logits(NDArray embeddings) {
    return Linear.linear(embeddings, weight.getArray(), bias.getArray()).singletonOrThrow();
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    all.put("output.weight", weight);
    all.put("output.bias", bias);
    return all;
  }
}
