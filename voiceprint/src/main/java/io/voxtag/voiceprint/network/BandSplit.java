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
   * By how much the bins in the band exceed those above it, each in its loudest frame, as a mean of
   * logarithms of power (40 dB). Real calls exceed it by 2 or more, speech of the whole band stays
   * 1 below. Means over time would tell less: pauses of calls are often empty.
   */
  private static final double EXCESS = Math.log(1e4);

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
   * For features [batch, frames, bins] from which no mean is subtracted, [batch, 1]: 1 where the
   * speech is narrowband, 0 where it is not.
   */
  NDArray mask(NDArray features) {
    NDManager owner = features.getManager();
    try (NDManager scratch = owner.newSubManager()) {
      NDArray peaks = features.max(new int[] {1});
      peaks.attach(scratch);
      NDArray within = peaks.get(slice(0, firstBin)).mean(new int[] {1}, true);
      NDArray above = peaks.get(slice(firstBin, peaks.getShape().get(1))).mean(new int[] {1}, true);
      NDArray mask = within.sub(above).gt(EXCESS).toType(DataType.FLOAT32, false);
      mask.attach(owner);
      return mask;
    }
  }

  private static NDIndex slice(long from, long to) {
    return new NDIndex().addAllDim().addSliceDim(from, to);
  }
}
