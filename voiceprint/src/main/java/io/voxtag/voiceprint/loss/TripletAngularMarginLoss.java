package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.nn.Activation;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Cross entropy and a triplet loss on cosines, with the hardest positive and the hardest negative
 * of each recording (Hermans et al., "In Defense of the Triplet Loss", 2017), plus a price for
 * positives below and negatives above fixed cosines. It needs batches with several recordings of
 * each speaker; a recording whose batch has no other speaker has no negative, and costs nothing
 * there.
 *
 * @param configuredMargin between the cosines with the hardest positive and negative
 * @param normalize true to compare directions only
 * @param absolute true to add the price for fixed cosines
 * @param absoluteWeight of that price
 * @param least cosine that positives should have
 * @param most cosine that negatives should have
 */
record TripletAngularMarginLoss(
    double configuredMargin,
    boolean normalize,
    boolean absolute,
    double absoluteWeight,
    double least,
    double most,
    CrossEntropy criterion)
    implements Loss {
  private static final String NORMALIZE = "normalize_feature";
  private static final String ABSOLUTE = "add_absolute";
  private static final String ABSOLUTE_WEIGHT = "absolute_loss_weight";
  private static final String LEAST = "ap_value";
  private static final String MOST = "an_value";
  static final Set<String> ARGUMENTS =
      Set.of(
          Settings.MARGIN, NORMALIZE, ABSOLUTE, ABSOLUTE_WEIGHT, LEAST, MOST, Settings.SMOOTHING);

  /** Beyond every product of embeddings. */
  private static final float FAR = 1e30f;

  static TripletAngularMarginLoss of(NamedArguments arguments) {
    return new TripletAngularMarginLoss(
        arguments.number(Settings.MARGIN, 0.5, 0, 2),
        arguments.flag(NORMALIZE, true),
        arguments.flag(ABSOLUTE, true),
        arguments.number(ABSOLUTE_WEIGHT, 1, 0, 1e4),
        arguments.number(LEAST, 0.8, -1, 1),
        arguments.number(MOST, 0.4, -1, 1),
        Settings.crossEntropy(arguments));
  }

  @Override
  public NDArray evaluate(NDArray embeddings, NDArray logits, NDArray labels, double margin) {
    NDArray vectors = normalize ? embeddings.normalize(2, 1) : embeddings;
    NDArray products = vectors.matMul(vectors.transpose());
    NDArray same = labels.expandDims(1).eq(labels.expandDims(0));
    NDArray far = products.zerosLike().add(FAR);
    NDArray positive = NDArrays.where(same, products, far).min(new int[] {1});
    NDArray negative = NDArrays.where(same, far.neg(), products).max(new int[] {1});
    NDArray loss = Activation.relu(negative.sub(positive).add((float) margin)).mean();
    if (absolute) {
      loss = loss.add(price(positive, negative).mul((float) absoluteWeight));
    }
    return loss.add(criterion.mean(logits, labels));
  }

  private NDArray price(NDArray positive, NDArray negative) {
    NDArray below = Activation.relu(positive.neg().add((float) least));
    NDArray above = negative.sub((float) most);
    // The reference implementation counts a negative that is far enough as 1, not as 0: it moves
    // the value, not the gradient, and values stay comparable.
    NDArray priced = NDArrays.where(above.gt(0), above, above.onesLike());
    return priced.mean().add(below.mean());
  }

  @Override
  public OptionalDouble margin() {
    return OptionalDouble.of(configuredMargin);
  }
}
