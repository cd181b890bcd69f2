package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
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

    /** [batch, frames, bins] to [batch, embedding] of the given lengths. */
    private NDArray embed(NDArray features, NDArray lengths) {
      if (lengths.max().getFloat() == 0) {
        // Of a batch of calls alone, the networks that do not count for calls need not run.
        return features.getManager().zeros(new Shape(features.getShape().get(0), size));
      }
      NDArray seen = Fusion.lowest(features, lowestBins);
      try (NDArray embedding = network.embed(seen);
          NDArray unit = embedding.normalize(2, 1)) {
        return unit.mul(lengths);
      } finally {
        if (seen != features) {
          seen.close();
        }
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
    if (!takesLevels()) {
      return embed(features, features);
    }
    try (NDArray centred = Fusion.withoutMean(features)) {
      return embed(centred, features);
    }
  }

  private NDArray embed(NDArray seen, NDArray levels) {
    try (NDList parts = new NDList();
        NDList lengths = scales.factors(levels)) {
      for (int i = 0; i < members.size(); i++) {
        parts.add(members.get(i).embed(seen, lengths.get(i)));
      }
      return NDArrays.concat(parts, 1);
    }
  }
}
