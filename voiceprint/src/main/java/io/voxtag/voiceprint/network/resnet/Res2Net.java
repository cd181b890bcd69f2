package io.voxtag.voiceprint.network.resnet;

import io.voxtag.voiceprint.arguments.NamedArguments;
import io.voxtag.voiceprint.network.layer.Window;
import java.util.List;

/**
 * Res2Net (Gao et al.: "Res2Net: A New Multi-scale Backbone Architecture", 2019; for speakers Zhou,
 * Zhao, Wu, 2021): [batch, frames, bins] to [batch, embedding]. It needs 5 frames.
 */
public final class Res2Net extends ResidualNetwork {

  /**
   * Makes an uninitialised network.
   *
   * @throws IllegalArgumentException if an argument is out of range
   */
  public Res2Net(NamedArguments arguments) {
    super(arguments, design(arguments));
  }

  private static Design design(NamedArguments arguments) {
    long planes = arguments.integer("m_channels", 32, 1, 1 << 12);
    int scale = arguments.integer("scale", 2, 1, 32);
    int baseWidth = arguments.integer("base_width", 32, 1, 1 << 10);
    if (planes * baseWidth < Res2NetBlock.WIDTH_UNIT) {
      throw arguments.wrong(
          "base_width",
          baseWidth,
          "at least %d / m_channels, which is %d".formatted(Res2NetBlock.WIDTH_UNIT, planes));
    }
    return new Design(
        Window.square(7, 3, 3, 1),
        true,
        List.of(planes, 2 * planes, 4 * planes, 8 * planes),
        arguments.tuple("layers", List.of(3, 4, 6, 3), 1, 64),
        Res2NetBlock.EXPANSION,
        (in, width, stride, stage) -> new Res2NetBlock(in, width, stride, stage, baseWidth, scale));
  }
}
