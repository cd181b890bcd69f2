package io.voxtag.bench.training;

import io.voxtag.bench.measure.Rates;
import java.util.List;

/**
 * A turn of training.
 *
 * @param perSecond crops a second
 * @param processorMillis what a crop takes of the processors, all threads together; neighbours
 *     change it less than the rate
 */
record Turn(double perSecond, double processorMillis) {

  /** Crops a second. */
  static Rates rates(List<Turn> turns) {
    return new Rates(turns.stream().map(Turn::perSecond).toList());
  }

  /** The median of the processor time of a crop, ms. */
  static double processorMillis(List<Turn> turns) {
    return new Rates(turns.stream().map(Turn::processorMillis).toList()).median();
  }
}
