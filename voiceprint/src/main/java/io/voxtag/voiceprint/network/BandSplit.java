package io.voxtag.voiceprint.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.voxtag.voiceprint.arguments.NamedArguments;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells speech that came over a telephone of 8 kHz from speech of the whole band: above 4 kHz it
 * has no power.
 *
 * @param firstBin the lowest bin above the telephone's band
 * @param weights of the networks for narrowband speech; 0 for none
 */
record BandSplit(int firstBin, List<Double> weights) {
  /** Name of the argument of a fusion, whose value is made of the others. */
  static final String ARGUMENT = "narrowband";

  private static final String FIRST_BIN = "first_bin";
  private static final String WEIGHTS = "weights";

  /**
   * By how much the mean level of the bins in the band exceeds that of those above, as a logarithm
   * of power (30 dB). Real calls exceed it by 2 or more, speech of the whole band stays 2 below.
   */
  private static final double EXCESS = Math.log(1000);

  BandSplit {
    weights = List.copyOf(weights);
  }

  /**
   * Reads the argument.
   *
   * @param values of the argument
   * @param bins of the features
   */
  static BandSplit of(Map<String, ?> values, int bins) {
    NamedArguments arguments =
        new NamedArguments("Fusion " + ARGUMENT, values, Set.of(FIRST_BIN, WEIGHTS));
    arguments.require(FIRST_BIN, WEIGHTS);
    return new BandSplit(
        arguments.integer(FIRST_BIN, 1, 1, bins - 1), arguments.numbers(WEIGHTS, List.of()));
  }

  /**
   * For the levels [batch, bins] of speech, the means of its features over time, [batch, 1]: 1
   * where it is narrowband, 0 where it is not.
   */
  NDArray mask(NDArray levels) {
    NDManager owner = levels.getManager();
    try (NDManager scratch = owner.newSubManager()) {
      NDArray own = levels.duplicate();
      own.attach(scratch);
      NDArray within = own.get(slice(0, firstBin)).mean(new int[] {1}, true);
      NDArray above = own.get(slice(firstBin, own.getShape().get(1))).mean(new int[] {1}, true);
      NDArray mask = within.sub(above).gt(EXCESS).toType(DataType.FLOAT32, false);
      mask.attach(owner);
      return mask;
    }
  }

  private static NDIndex slice(long from, long to) {
    return new NDIndex().addAllDim().addSliceDim(from, to);
  }
}
