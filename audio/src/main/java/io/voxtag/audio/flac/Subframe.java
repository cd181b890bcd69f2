package io.voxtag.audio.flac;

import io.voxtag.audio.io.DamagedAudioException;
import java.util.Arrays;

/**
 * Decodes one channel of a frame: constant, verbatim, fixed or linear prediction with Rice codes.
 */
final class Subframe {

  /** Coefficients of the fixed predictors of orders 0 to 4, nearest sample first. */
  static final int[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

  private final BitReader in;

  Subframe(BitReader in) {
    this.in = in;
  }

  /** Fills the first {@code size} values of {@code out} with samples of {@code bits} bits. */
  void decode(long[] out, int size, int bits) throws DamagedAudioException {
    long padding = in.unsigned(1);
    int type = (int) in.unsigned(6);
    int wasted = in.unsigned(1) == 0 ? 0 : (int) Math.min(64, in.unary() + 1);
    int depth = bits - wasted;
    if (padding != 0 || depth < 1) {
      throw corrupt("subframe header");
    }
    if (type == 0) {
      Arrays.fill(out, 0, size, in.signed(depth));
    } else if (type == 1) {
      for (int i = 0; i < size; i++) {
        out[i] = in.signed(depth);
      }
    } else if (type >= 8 && type <= 12) {
      int order = type - 8;
      warmUp(out, order, size, depth);
      residual(out, order, size);
      predict(out, size, FIXED[order], 0);
    } else if (type >= 32) {
      linear(out, size, depth, type - 31);
    } else {
      throw corrupt("reserved subframe type " + type);
    }
    if (wasted > 0) {
      for (int i = 0; i < size; i++) {
        out[i] <<= wasted;
      }
    }
  }

  private void linear(long[] out, int size, int depth, int order) throws DamagedAudioException {
    warmUp(out, order, size, depth);
    int precision = (int) in.unsigned(4) + 1;
    int shift = (int) in.signed(5);
    if (precision == 16 || shift < 0) {
      throw corrupt("linear predictor");
    }
    int[] coefficients = new int[order];
    for (int i = 0; i < order; i++) {
      coefficients[i] = (int) in.signed(precision);
    }
    residual(out, order, size);
    predict(out, size, coefficients, shift);
  }

  private void warmUp(long[] out, int order, int size, int depth) throws DamagedAudioException {
    if (order > size) {
      throw corrupt("predictor order " + order);
    }
    for (int i = 0; i < order; i++) {
      out[i] = in.signed(depth);
    }
  }

  private void residual(long[] out, int order, int size) throws DamagedAudioException {
    int method = (int) in.unsigned(2);
    if (method > 1) {
      throw corrupt("residual coding method " + method);
    }
    int parameterBits = 4 + method;
    int escape = (1 << parameterBits) - 1;
    int partitions = 1 << in.unsigned(4);
    int length = size / partitions;
    if (length * partitions != size || length < order) {
      throw corrupt(partitions + " residual partitions");
    }
    int at = order;
    for (int p = 1; p <= partitions; p++) {
      int parameter = (int) in.unsigned(parameterBits);
      int stop = p * length;
      if (parameter == escape) {
        int rawBits = (int) in.unsigned(5);
        while (at < stop) {
          out[at++] = in.signed(rawBits);
        }
      } else {
        while (at < stop) {
          out[at++] = in.rice(parameter);
        }
      }
    }
  }

  private static void predict(long[] out, int size, int[] coefficients, int shift) {
    int order = coefficients.length;
    for (int i = order; i < size; i++) {
      long sum = 0;
      for (int k = 0; k < order; k++) {
        sum += coefficients[k] * out[i - 1 - k];
      }
      out[i] += sum >> shift;
    }
  }

  private DamagedAudioException corrupt(String what) {
    return new DamagedAudioException(
        "corrupt: %s in the FLAC frame before byte %d".formatted(what, in.bytePosition()));
  }
}
