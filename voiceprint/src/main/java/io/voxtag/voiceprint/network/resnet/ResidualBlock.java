package io.voxtag.voiceprint.network.resnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Shortcut;
import io.voxtag.voiceprint.network.layer.Window;
import java.util.ArrayList;
import java.util.List;

/** Convolutions whose result is added to their input, of which all but the last are rectified. */
final class ResidualBlock extends Layer {
  private final List<Normed> convolutions;
  private final Shortcut shortcut;

  private ResidualBlock(List<Conv> layers, Shortcut shortcut) {
    List<Normed> named = new ArrayList<>();
    for (Conv layer : layers) {
      int number = named.size() + 1;
      named.add(normed("conv" + number, "bn" + number, layer));
    }
    convolutions = List.copyOf(named);
    this.shortcut = child("shortcut", shortcut);
  }

  /** Two convolutions over neighbours. */
  static ResidualBlock basic(long in, long planes, int stride) {
    return new ResidualBlock(
        List.of(
            Conv.residual(in, planes, Window.square(3, stride, stride, 1)),
            Conv.residual(planes, planes, Window.square(3, 1, 1, 1))),
        new Shortcut(in, planes, stride));
  }

  /** One over neighbours between two that look at single places. */
  static ResidualBlock bottleneck(long in, long planes, long out, int stride) {
    return new ResidualBlock(
        List.of(
            Conv.residual(in, planes, Window.point(1)),
            Conv.residual(planes, planes, Window.square(3, stride, stride, 1)),
            Conv.residual(planes, out, Window.point(1))),
        new Shortcut(in, out, stride));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray y = x;
    for (Normed convolution : convolutions) {
      NDArray seen = y == x ? x : Activation.relu(y);
      y = convolution.apply(store, seen, training);
    }
    return Activation.relu(y.add(shortcut.apply(store, x, training)));
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape shape = input;
    for (Normed convolution : convolutions) {
      shape = convolution.outputShape(shape);
    }
    return shape;
  }
}
