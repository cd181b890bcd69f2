package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.voxtag.voiceprint.feature.FeatureExtractor;
import java.util.List;

/** {@link Fusion} for inference. */
record FusionInference(List<Member> members, Scales scales) implements Inference {

  /**
   * One of the networks.
   *
   * @param lowestBins how many of the lowest bins it sees
   * @param size values of its embedding
   */
  record Member(Inference network, int lowestBins, long size) {

    /** [batch, frames, bins] to unit embeddings [batch, embedding]. */
    private NDArray embed(NDArray features) {
      NDArray seen = Fusion.lowest(features, lowestBins);
      try (NDArray embedding = network.embed(seen)) {
        return embedding.normalize(2, 1);
      } finally {
        if (seen != features) {
          seen.close();
        }
      }
    }

    /** [batch, frames, bins] to [batch, embedding] of the lengths [batch, 1]. */
    private NDArray embed(NDArray features, NDArray lengths) {
      if (lengths.max().getFloat() == 0) {
        // Of a batch of calls alone, the networks that do not count for calls need not run.
        return features.getManager().zeros(new Shape(features.getShape().get(0), size));
      }
      try (NDArray unit = embed(features)) {
        return unit.mul(lengths);
      }
    }
  }

  FusionInference {
    members = List.copyOf(members);
  }

  @Override
  public long widest() {
    return members.stream().mapToLong(member -> member.network().widest()).max().orElseThrow();
  }

  /** Where bands are told apart, which needs the levels. */
  @Override
  public boolean takesLevels() {
    return scales.split() != null;
  }

  @Override
  public NDArray embed(NDArray features) {
    return takesLevels() ? embedByBand(features) : embedAlike(features);
  }

  private NDArray embedAlike(NDArray features) {
    try (NDList parts = new NDList()) {
      for (int i = 0; i < members.size(); i++) {
        try (NDArray unit = members.get(i).embed(features)) {
          parts.add(unit.mul(scales.wide().get(i)));
        }
      }
      return NDArrays.concat(parts, 1);
    }
  }

  private NDArray embedByBand(NDArray features) {
    try (NDList parts = new NDList();
        NDArray centred = FeatureExtractor.withoutMean(features);
        NDList lengths = scales.factors(features)) {
      for (int i = 0; i < members.size(); i++) {
        parts.add(members.get(i).embed(centred, lengths.get(i)));
      }
      return NDArrays.concat(parts, 1);
    }
  }
}
