package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;

/** {@link Fusion} for inference. */
record FusionInference(List<Member> members) implements Inference {

  /**
   * One of the networks.
   *
   * @param lowestBins how many of the lowest bins it sees
   * @param scale length that its embedding is given
   */
  record Member(Inference network, int lowestBins, float scale) {

    /** [batch, frames, bins] to [batch, embedding] of the given length. */
    private NDArray embed(NDArray features) {
      NDArray seen = Fusion.lowest(features, lowestBins);
      try (NDArray embedding = network.embed(seen);
          NDArray unit = embedding.normalize(2, 1)) {
        return unit.mul(scale);
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

  @Override
  public NDArray embed(NDArray features) {
    try (NDList parts = new NDList()) {
      for (Member member : members) {
        parts.add(member.embed(features));
      }
      return NDArrays.concat(parts, 1);
    }
  }
}
