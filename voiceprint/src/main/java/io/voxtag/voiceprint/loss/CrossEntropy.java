package io.voxtag.voiceprint.loss;

import ai.djl.ndarray.NDArray;

/**
 * Softmax cross entropy.
 *
 * @param smoothing share of the target spread over all classes (Szegedy et al., "Rethinking the
 *     Inception Architecture", 2016), from 0 to below 1
 */
record CrossEntropy(double smoothing) {

  /**
   * Mean over a batch.
   *
   * @param logits [batch, classes]
   * @param labels int64 [batch]
   */
  NDArray mean(NDArray logits, NDArray labels) {
    NDArray logProbabilities = logits.logSoftmax(1);
    NDArray loss = logProbabilities.gather(labels.expandDims(1), 1).mean().neg();
    if (smoothing == 0) {
      return loss;
    }
    return loss.mul((float) (1 - smoothing)).sub(logProbabilities.mean().mul((float) smoothing));
  }
}
