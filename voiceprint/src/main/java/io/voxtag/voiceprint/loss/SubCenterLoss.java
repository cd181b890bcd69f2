package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Additive angular margin with several directions a class (Deng et al., "Sub-center ArcFace",
 * 2020), of which the nearest counts, so that mislabelled or odd recordings do not pull on the
 * others.
 *
 * @param centres directions a class
 */
record SubCenterLoss(int centres, AamLoss nearest) implements Loss {
  private static final String CENTRES = "K";
  static final Set<String> ARGUMENTS = arguments();

  private static Set<String> arguments() {
    Set<String> names = new HashSet<>(AamLoss.ARGUMENTS);
    names.add(CENTRES);
    return Set.copyOf(names);
  }

  static SubCenterLoss of(NamedArguments arguments) {
    return new SubCenterLoss(arguments.integer(CENTRES, 3, 1, 100), AamLoss.of(arguments));
  }

  @Override
  public NDArray evaluate(NDArray embeddings, NDArray logits, NDArray labels, double margin) {
    return nearest.evaluate(embeddings, scores(logits), labels, margin);
  }

  @Override
  public NDArray scores(NDArray logits) {
    Shape shape = logits.getShape();
    if (shape.get(1) % centres != 0) {
      throw new IllegalArgumentException(
          "SubCenterLoss: K is "
              + centres
              + " but the classifier has "
              + shape.get(1)
              + " directions: its K must be the same");
    }
    return logits.reshape(shape.get(0), shape.get(1) / centres, centres).max(new int[] {2});
  }

  @Override
  public OptionalDouble margin() {
    return nearest.margin();
  }
}
