package io.voxtag.voiceprint.network.eres2net;

import java.util.List;

/** What the two versions of the network differ in. */
enum Version {
  /** Chen et al., 2023. */
  FIRST(
      32,
      1,
      List.of(
          new Fusion("layer1_downsample", "fuse_mode12"),
          new Fusion("layer2_downsample", "fuse_mode123"),
          new Fusion("layer3_downsample", "fuse_mode1234"))),
  /** Chen et al., 2024. */
  SECOND(26, 3, List.of(new Fusion("layer3_ds", "fuse34")));

  /** Channels of a group for each 64 planes, where no argument says so. */
  final int baseWidth;

  /** The first stage, counted from 1, that is fused with the one behind it. */
  final int firstFused;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  final List<Fusion> fusions;

  Version(int baseWidth, int firstFused, List<Fusion> fusions) {
    this.baseWidth = baseWidth;
    this.firstFused = firstFused;
    this.fusions = fusions;
  }

  /**
   * Names in the state dict, of what brings a stage's result to the next one's shape, and joins.
   */
  record Fusion(String downsample, String fuse) {}
}
