package io.voxtag.voiceprint.training;

import io.voxtag.voiceprint.network.LinearEmbedding.Projection;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves the zero of embeddings to the mean of one kind of recordings. What all recordings of a kind
 * have in common, as telephone calls have their band and codecs, makes them look alike to a cosine
 * whoever speaks; without it only the voices are left to compare.
 */
final class Centring {
  private Centring() {}

  /**
   * The map whose result is zero for the mean of some recordings.
   *
   * @param map of vectors
   * @param start of the paths of these recordings; null leaves the map as it is
   * @param key of the configuration that says so
   * @param means the mean vector of recordings whose paths begin with a text; empty for none
   * @throws IllegalArgumentException if there are no such recordings
   */
  static Projection centred(
      Projection map,
      @Nullable String start,
      String key,
      Function<String, Optional<float[]>> means) {
    if (start == null) {
      return map;
    }
    float[] mean = means.apply(start).orElseThrow(() -> CropVectors.noPath(key + " is " + start));
    return map.centredOn(mean);
  }
}
