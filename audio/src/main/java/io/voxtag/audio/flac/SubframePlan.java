package io.voxtag.audio.flac;

import org.jspecify.annotations.Nullable;

/**
 * One way to code a block of a channel of 16 bits, and what it costs.
 *
 * @param type subframe type as in the bit stream
 * @param residual what the predictor leaves, from its order on
 */
@SuppressWarnings("ArrayRecordComponent")
record SubframePlan(
    int type,
    int order,
    @Nullable LinearPrediction prediction,
    int[] residual,
    @Nullable Rice rice,
    long bits) {

  private static final int BITS = 16;

  static SubframePlan verbatim(int size) {
    return new SubframePlan(1, 0, null, new int[0], null, (long) size * BITS);
  }

  static SubframePlan fixed(int[] x, int size, int order) {
    int[] residual = residual(x, size, Subframe.FIXED[order], 0);
    Rice rice = Rice.best(residual, order, size);
    return new SubframePlan(8 + order, order, null, residual, rice, rice.bits() + BITS * order);
  }

  static SubframePlan linear(int[] x, int size, LinearPrediction prediction) {
    int order = prediction.coefficients().length;
    int[] residual = residual(x, size, prediction.coefficients(), prediction.shift());
    Rice rice = Rice.best(residual, order, size);
    long header = 9L + (long) order * (BITS + LinearPrediction.PRECISION);
    return new SubframePlan(31 + order, order, prediction, residual, rice, rice.bits() + header);
  }

  SubframePlan orBetter(SubframePlan other) {
    return other.bits < bits ? other : this;
  }

  void write(BitWriter out, int[] x, int size) {
    out.put((long) type << 1, 8);
    int raw = rice == null ? size : order;
    for (int i = 0; i < raw; i++) {
      out.put(x[i], BITS);
    }
    if (prediction != null) {
      out.put(LinearPrediction.PRECISION - 1, 4);
      out.put(prediction.shift(), 5);
      for (int coefficient : prediction.coefficients()) {
        out.put(coefficient, LinearPrediction.PRECISION);
      }
    }
    if (rice != null) {
      rice.write(out, residual, order, size);
    }
  }

  private static int[] residual(int[] x, int size, int[] coefficients, int shift) {
    int order = coefficients.length;
    int[] residual = new int[size];
    for (int i = order; i < size; i++) {
      long sum = 0;
      for (int k = 0; k < order; k++) {
        sum += (long) coefficients[k] * x[i - 1 - k];
      }
      residual[i] = (int) (x[i] - (sum >> shift));
    }
    return residual;
  }
}
