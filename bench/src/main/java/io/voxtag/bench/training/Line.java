package io.voxtag.bench.training;

import io.voxtag.bench.measure.Rates;
import java.util.OptionalLong;

/**
 * A line of the table.
 *
 * @param work what both did
 * @param voxtag its rates
 * @param python those of the peer, in the same rounds
 * @param processorRatio processor time of the peer over Voxtag's; not a number where it is not
 *     measured
 * @param voxtagMemory of Voxtag's process
 * @param pythonMemory of the peer's process
 */
record Line(
    Subject subject,
    String work,
    Rates voxtag,
    Rates python,
    double processorRatio,
    Growth voxtagMemory,
    Growth pythonMemory) {

  /**
   * Resident bytes.
   *
   * @param first after the first round
   * @param last after the last round
   */
  record Growth(OptionalLong first, OptionalLong last) {
    @Override
    public String toString() {
      return first.isEmpty() || last.isEmpty()
          ? "unknown"
          : "%d-%d MB".formatted(first.getAsLong() >> 20, last.getAsLong() >> 20);
    }
  }
}
