package io.voxtag.voiceprint.network.resnet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Linear;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Shortcut;
import io.voxtag.voiceprint.network.layer.Window;

/** A residual bottleneck whose channels are scaled by what the whole input says of each. */
final class SeBottleneck extends Layer {
  static final int EXPANSION = 2;
  private static final int REDUCTION = 8;

  /** Fewer leave nothing to squeeze into. */
  static final int LEAST_PLANES = REDUCTION / EXPANSION;

  private final Normed before;
  private final Normed middle;
  private final Normed after;
  private final Linear squeeze;
  private final Linear excite;
  private final Shortcut shortcut;

  SeBottleneck(long in, long planes, int stride) {
    long out = planes * EXPANSION;
    before = normed("conv1", "bn1", Conv.residual(in, planes, Window.point(1)));
    Window window = Window.square(3, stride, stride, 1);
    middle = normed("conv2", "bn2", Conv.residual(planes, planes, window));
    after = normed("conv3", "bn3", Conv.residual(planes, out, Window.point(1)));
    squeeze = child("se.fc.0", new Linear(out, out / REDUCTION));
    excite = child("se.fc.2", new Linear(out / REDUCTION, out));
    shortcut = child("downsample", new Shortcut(in, out, stride));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray x, boolean training) {
    NDArray y = Activation.relu(before.apply(store, x, training));
    y = Activation.relu(middle.apply(store, y, training));
    y = after.apply(store, y, training);
    y = y.mul(scale(store, y, training));
    return Activation.relu(y.add(shortcut.apply(store, x, training)));
  }

  /** [batch, channels, 1, 1]. */
  private NDArray scale(ParameterStore store, NDArray y, boolean training) {
    Shape shape = y.getShape();
    NDArray mean = y.reshape(shape.get(0), shape.get(1), -1).mean(new int[] {2});
    NDArray hidden = Activation.relu(squeeze.apply(store, mean, training));
    NDArray scale = Activation.sigmoid(excite.apply(store, hidden, training));
    return scale.reshape(shape.get(0), shape.get(1), 1, 1);
  }

  @Override
  public Shape outputShape(Shape input) {
    return after.outputShape(middle.outputShape(input));
  }
}
