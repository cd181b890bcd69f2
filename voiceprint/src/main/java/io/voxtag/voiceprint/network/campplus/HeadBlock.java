package io.voxtag.voiceprint.network.campplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Shortcut;
import io.voxtag.voiceprint.network.layer.Window;

/** A residual block (He et al., 2015) that moves by a stride over the bins only. */
final class HeadBlock extends Layer {
  private final Normed first;
  private final Normed second;
  private final Shortcut shortcut;

  HeadBlock(long planes, int stride) {
    first = normed("conv1", "bn1", Conv.plain(planes, planes, Window.square(3, stride, 1, 1)));
    second = normed("conv2", "bn2", Conv.plain(planes, planes, Window.square(3, 1, 1, 1)));
    shortcut = child("shortcut", new Shortcut(planes, planes, stride, 1));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray y = Activation.relu(first.apply(store, x, training));
    y = second.apply(store, y, training);
    return Activation.relu(y.add(shortcut.apply(store, x, training)));
  }

  @Override
  public Shape outputShape(Shape input) {
    return second.outputShape(first.outputShape(input));
  }
}
