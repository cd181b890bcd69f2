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
   * @param scale length that its embedding is given
   */
  record Member(Inference network, float scale) {}

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
        try (NDArray embedding = member.network().embed(features);
            NDArray unit = embedding.normalize(2, 1)) {
          parts.add(unit.mul(member.scale()));
        }
      }
      return NDArrays.concat(parts, 1);
    }
  }
}
