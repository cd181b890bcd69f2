package io.voxtag.standalone.diarize;

import java.util.List;

/** Turns windows of speech into vectors; {@code SpeakerModel::embed} is one. */
@FunctionalInterface
public interface WindowEmbedder {

  /**
   * @param windows samples at the rate of the model, -1 to 1
   * @return a unit vector for each
   */
  float[][] embed(List<float[]> windows);
}
