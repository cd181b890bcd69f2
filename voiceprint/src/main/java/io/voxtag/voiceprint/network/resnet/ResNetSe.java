package io.voxtag.voiceprint.network.resnet;

import io.voxtag.voiceprint.arguments.NamedArguments;
import io.voxtag.voiceprint.network.layer.Window;
import java.util.List;

/**
 * ResNet (He et al., 2015) with squeeze and excitation (Hu et al.: "Squeeze-and-Excitation
 * Networks", 2018): [batch, frames, bins] to [batch, embedding].
 */
public final class ResNetSe extends ResidualNetwork {

  /**
   * Makes an uninitialised network.
   *
   * @throws IllegalArgumentException if an argument is out of range
   */
  public ResNetSe(NamedArguments arguments) {
    super(arguments, design(arguments));
  }

  private static Design design(NamedArguments arguments) {
    List<Integer> filters =
        arguments.tuple(
            "num_filters", List.of(32, 64, 128, 256), SeBottleneck.LEAST_PLANES, 1 << 14);
    return new Design(
        Window.square(3, 1, 1, 1),
        false,
        filters.stream().map(Integer::longValue).toList(),
        arguments.tuple("layers", List.of(3, 4, 6, 3), 1, 64),
        SeBottleneck.EXPANSION,
        (in, planes, stride, stage) -> new SeBottleneck(in, planes, stride));
  }
}
