package io.voxtag.voiceprint.network.campplus;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.Layer;
import io.voxtag.voiceprint.network.layer.Normed;
import io.voxtag.voiceprint.network.layer.Stack;
import io.voxtag.voiceprint.network.layer.Window;
import java.util.List;

/**
 * The part that sees bins and frames, and leaves all frames but an eighth of the bins: [batch,
 * frames, bins] to [batch, channels, frames].
 */
final class ConvolutionalHead extends Layer {
  static final int PLANES = 32;

  private final Normed first;
  private final Stack middle;
  private final Stack end;
  private final Normed last;

  ConvolutionalHead() {
    first = normed("conv1", "bn1", Conv.plain(1, PLANES, Window.square(3, 1, 1, 1)));
    middle = child("layer1", stage());
    end = child("layer2", stage());
    last = normed("conv2", "bn2", Conv.plain(PLANES, PLANES, Window.square(3, 2, 1, 1)));
  }

  private static Stack stage() {
    return new Stack(List.of(new HeadBlock(PLANES, 2), new HeadBlock(PLANES, 1)));
  }

  @Override
  public NDArray apply(ParameterStore store, NDArray features, boolean training) {
    NDArray image = features.swapAxes(1, 2).expandDims(1);
    NDArray y = Activation.relu(first.apply(store, image, training));
    y = end.apply(store, middle.apply(store, y, training), training);
    y = Activation.relu(last.apply(store, y, training));
    Shape shape = y.getShape();
    return y.reshape(shape.get(0), shape.get(1) * shape.get(2), shape.get(3));
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape image = new Shape(input.get(0), 1, input.get(2), input.get(1));
    Shape shape = end.outputShape(middle.outputShape(first.outputShape(image)));
    shape = last.outputShape(shape);
    return new Shape(shape.get(0), shape.get(1) * shape.get(2), shape.get(3));
  }
}
