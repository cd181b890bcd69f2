package io.voxtag.voiceprint.network.campplus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.voxtag.voiceprint.network.StateDict;
import io.voxtag.voiceprint.network.layer.Window;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedConvTest {
  private static final int IN = 4;
  private static final int OUT = 3;

  @ParameterizedTest
  @ValueSource(ints = {7, 100, 101, 200, 250})
  void aFrameIsMaskedByTheMeansOfAllFramesAndOfItsSegment(int frames) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      // given
      MaskedConv layer = new MaskedConv(IN, OUT, Window.frame());
      Engine.getInstance().setRandomSeed(1);
      layer.initialize(manager, DataType.FLOAT32, new Shape(1, IN, frames));
      Map<String, Parameter> state = StateDict.of(layer);
      float[][] local = matrix(state, "linear_local.weight", OUT, IN);
      float[][] squeeze = matrix(state, "linear1.weight", IN / 2, IN);
      float[][] excite = matrix(state, "linear2.weight", OUT, IN / 2);
      float[] squeezeBias = state.get("linear1.bias").getArray().toFloatArray();
      float[] exciteBias = state.get("linear2.bias").getArray().toFloatArray();
      NDArray x = manager.randomNormal(new Shape(1, IN, frames));
      // when
      float[] y = layer.apply(new ParameterStore(manager, false), x, false).toFloatArray();
      // then
      float[] values = x.toFloatArray();
      for (int frame = 0; frame < frames; frame++) {
        double[] context = new double[IN];
        double[] input = new double[IN];
        int from = frame / 100 * 100;
        for (int channel = 0; channel < IN; channel++) {
          context[channel] =
              mean(values, channel * frames, frames)
                  + mean(values, channel * frames + from, Math.min(100, frames - from));
          input[channel] = values[channel * frames + frame];
        }
        double[] hidden = times(squeeze, context, squeezeBias);
        for (int i = 0; i < hidden.length; i++) {
          hidden[i] = Math.max(0, hidden[i]);
        }
        double[] mask = times(excite, hidden, exciteBias);
        double[] plain = times(local, input, new float[OUT]);
        for (int channel = 0; channel < OUT; channel++) {
          double expected = plain[channel] / (1 + Math.exp(-mask[channel]));
          assertThat((double) y[channel * frames + frame]).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  private static float[][] matrix(
      Map<String, Parameter> state, String name, int rows, int columns) {
    float[] flat = state.get(name).getArray().toFloatArray();
    float[][] matrix = new float[rows][columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(flat, row * columns, matrix[row], 0, columns);
    }
    return matrix;
  }

  private static double mean(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  private static double[] times(float[][] matrix, double[] vector, float[] bias) {
    double[] result = new double[matrix.length];
    for (int row = 0; row < result.length; row++) {
      result[row] = bias[row];
      for (int i = 0; i < vector.length; i++) {
        result[row] += matrix[row][i] * vector[i];
      }
    }
    return result;
  }
}
