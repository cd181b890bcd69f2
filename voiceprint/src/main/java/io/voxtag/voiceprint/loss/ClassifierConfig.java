package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDManager;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a configuration says of a classifier.
 *
 * @param cosine true for cosines, false for a linear map
 * @param centres directions a class
 * @param blocks dense layers before it
 * @param width of the dense layers
 */
record ClassifierConfig(boolean cosine, int centres, int blocks, int width) {
  private static final String TYPE = "classifier_type";
  private static final String CENTRES = "K";
  private static final String BLOCKS = "num_blocks";
  private static final String WIDTH = "inter_dim";

  static ClassifierConfig of(Map<String, ?> arguments) {
    NamedArguments read =
        new NamedArguments("classifier", arguments, Set.of(TYPE, CENTRES, BLOCKS, WIDTH));
    boolean cosine = read.choice(TYPE, "Cosine", Set.of("Cosine", "Linear")).equals("Cosine");
    int centres = read.integer(CENTRES, 1, 1, 100);
    if (!cosine && centres > 1) {
      throw read.wrong(CENTRES, centres, "1 for a Linear classifier");
    }
    return new ClassifierConfig(
        cosine, centres, read.integer(BLOCKS, 0, 0, 16), read.integer(WIDTH, 512, 1, 1 << 14));
  }

  Classifier create(NDManager manager, long classes, long embeddingSize) {
    List<DenseBlock> layers = new ArrayList<>();
    long size = embeddingSize;
    for (int i = 0; i < blocks; i++) {
      layers.add(new DenseBlock(manager, size, width));
      size = width;
    }
    Classifier last =
        cosine
            ? new CosineClassifier(manager, classes * centres, size)
            : new LinearClassifier(manager, classes, size);
    return layers.isEmpty() ? last : new DeepClassifier(layers, last);
  }
}
