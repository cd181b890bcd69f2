package io.voxtag.bench.measure;

import java.util.List;
import java.util.Locale;

/** Units a second in each round; never empty. */
public record Rates(List<Double> perRound) {
  public Rates {
    perRound = List.copyOf(perRound);
  }

  /** The median. */
  public double median() {
    return median(perRound);
  }

  /** The slowest round. */
  public double slowest() {
    return perRound.stream().mapToDouble(r -> r).min().orElseThrow();
  }

  /** The fastest round. */
  public double fastest() {
    return perRound.stream().mapToDouble(r -> r).max().orElseThrow();
  }

  /** The slowest and the fastest round, for tables. */
  public String range() {
    return String.format(Locale.ROOT, "(%.1f-%.1f)", slowest(), fastest());
  }

  /**
   * The median of the ratios to another one round by round, so that what slows the machine down for
   * a while slows both.
   */
  public double ratioTo(Rates other) {
    return median(
        java.util.stream.IntStream.range(0, perRound.size())
            .mapToObj(i -> perRound.get(i) / other.perRound.get(i))
            .toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
