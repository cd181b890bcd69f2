package io.voxtag.voiceprint.network.rows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.voxtag.voiceprint.network.LinearEmbedding.Projection;
import io.voxtag.voiceprint.network.layer.BatchNorm;
import io.voxtag.voiceprint.network.layer.Conv;
import io.voxtag.voiceprint.network.layer.SameConv1d;

/**
 * A map of rows under construction: weight [out][in] and bias [out]. What comes before and after it
 * is multiplied into it, in double precision.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Affine(double[][] weight, double[] bias) {

  /**
   * A convolution on frames that lie beside their neighbours: column {@code tap * in + channel}.
   * Groups become blocks of a matrix that is zero elsewhere.
   */
  public static Affine of(Conv conv) {
    float[] values = conv.weight().getArray().toFloatArray();
    int out = (int) conv.weight().getShape().get(0);
    int kernel = (int) conv.weight().getShape().get(2);
    int groups = conv.groups();
    Parameter biases = conv.bias();
    float[] bias = biases == null ? new float[out] : biases.getArray().toFloatArray();
    int groupIn = values.length / (out * kernel);
    int groupOut = out / groups;
    int in = groupIn * groups;
    double[][] weight = new double[out][in * kernel];
    for (int row = 0; row < out; row++) {
      int first = row / groupOut * groupIn;
      for (int channel = 0; channel < groupIn; channel++) {
        for (int tap = 0; tap < kernel; tap++) {
          weight[row][tap * in + first + channel] =
              values[(row * groupIn + channel) * kernel + tap];
        }
      }
    }
    return new Affine(weight, widen(bias));
  }

  /** The same of a convolution that keeps the number of frames. */
  public static Affine of(SameConv1d conv) {
    return of(conv.plain());
  }

  /** A map of vectors. */
  public static Affine of(Projection projection) {
    double[][] weight = new double[projection.weight().length][];
    for (int row = 0; row < weight.length; row++) {
      weight[row] = widen(projection.weight()[row]);
    }
    return new Affine(weight, widen(projection.bias()));
  }

  /** The same with only some of the columns, and no bias. */
  public Affine columns(int from, int to) {
    double[][] part = new double[weight.length][];
    for (int row = 0; row < part.length; row++) {
      part[row] = java.util.Arrays.copyOfRange(weight[row], from, to);
    }
    return new Affine(part, new double[bias.length]);
  }

  /**
   * What a map of frames joined with their window's mean, and perhaps more, gives for a frame that
   * equals the mean: the mean is counted where the frame was too, and the frame's columns go.
   */
  public Affine centred(int channels) {
    if (weight[0].length == channels) {
      return this;
    }
    double[][] context = new double[weight.length][];
    for (int row = 0; row < context.length; row++) {
      context[row] = java.util.Arrays.copyOfRange(weight[row], channels, weight[row].length);
      for (int channel = 0; channel < channels; channel++) {
        context[row][channel] += weight[row][channel];
      }
    }
    return new Affine(context, bias);
  }

  /** This map and then a normalisation of each output. */
  public Affine then(BatchNorm.Factors norm) {
    double[][] scaled = new double[weight.length][];
    double[] shifted = new double[bias.length];
    for (int row = 0; row < scaled.length; row++) {
      double scale = norm.scale()[row];
      scaled[row] = java.util.Arrays.stream(weight[row]).map(value -> value * scale).toArray();
      shifted[row] = bias[row] * scale + norm.shift()[row];
    }
    return new Affine(scaled, shifted);
  }

  /** A normalisation of each input and then this map. */
  public Affine after(BatchNorm.Factors norm) {
    double[][] scaled = new double[weight.length][weight[0].length];
    double[] shifted = bias.clone();
    for (int row = 0; row < scaled.length; row++) {
      for (int column = 0; column < scaled[row].length; column++) {
        scaled[row][column] = weight[row][column] * norm.scale()[column];
        shifted[row] += weight[row][column] * norm.shift()[column];
      }
    }
    return new Affine(scaled, shifted);
  }

  /** The finished map. */
  public Dense dense(NDManager manager) {
    int columns = weight[0].length;
    float[] flat = new float[weight.length * columns];
    for (int row = 0; row < weight.length; row++) {
      for (int column = 0; column < columns; column++) {
        flat[row * columns + column] = (float) weight[row][column];
      }
    }
    return new Dense(
        manager.create(flat, new Shape(weight.length, columns)), vector(manager, bias));
  }

  /** A constant [values]. */
  public static NDArray vector(NDManager manager, double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return manager.create(narrow);
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
