package io.voxtag.voiceprint.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

/** Measures a network while it is trained. Which pairs are compared, and how, is its own. */
@FunctionalInterface
public interface Evaluator {

  /**
   * Measures the network as it is now.
   *
   * @param embedder valid during the call
   */
  Quality evaluate(Embedder embedder) throws IOException;

  /** The network as it is now. */
  @FunctionalInterface
  interface Embedder {

    /**
     * Embeds recordings, each of which is decoded once in a run, or features of them.
     *
     * @return a vector of unit length for each that could be read; the others are in the log
     * @throws io.voxtag.voiceprint.training.features.FeatureFileException if features are missing
     *     or damaged
     */
    Map<Path, float[]> embed(Collection<Path> recordings) throws IOException;
  }

  /**
   * How good a network is.
   *
   * @param equalErrorRate from 0 to 1
   * @param minDcf lowest detection cost
   * @param threshold cosine at the equal error rate
   */
  record Quality(double equalErrorRate, double minDcf, double threshold) {
    public Quality {
      if (!(equalErrorRate >= 0 && equalErrorRate <= 1)) {
        throw new IllegalArgumentException(
            "the equal error rate is " + equalErrorRate + " but must be from 0 to 1");
      }
    }
  }
}
