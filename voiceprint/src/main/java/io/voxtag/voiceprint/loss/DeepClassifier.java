package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dense layers and then a classifier of one layer. */
record DeepClassifier(List<DenseBlock> blocks, Classifier last) implements Classifier {

  @Override
  public NDArray logits(NDArray embeddings) {
    NDArray x = embeddings;
    for (DenseBlock block : blocks) {
      x = block.apply(x);
    }
    return last.logits(x);
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    for (int i = 0; i < blocks.size(); i++) {
      String prefix = "blocks." + i + ".";
      blocks.get(i).parameters().forEach((name, value) -> all.put(prefix + name, value));
    }
    all.putAll(last.parameters());
    return all;
  }
}
