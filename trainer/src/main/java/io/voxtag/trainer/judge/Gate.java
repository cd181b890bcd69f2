package io.voxtag.trainer.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rules by which a candidate may replace the model in service.
 *
 * @param maxEerIncrease how much higher its equal error rate may be on any set of trials, 0 to 1
 * @param maxFpirIncrease how many more searches for strangers may end with somebody, 0 to 1
 * @param minEerDecrease how much lower its equal error rate must be on the held-out speakers, or
 *     where there are none on the mean of the fixed lists; below 0 it may even be higher
 */
public record Gate(double maxEerIncrease, double maxFpirIncrease, double minEerDecrease) {

  /**
   * Why the candidate may not pass, a reason for each rule that it breaks; empty where it may. An
   * increase only counts where it is no accident of the voices in the list: with the confidence of
   * the intervals.
   */
  public List<String> objections(Judgement judgement) {
    List<String> objections = new ArrayList<>();
    for (Comparison comparison : judgement.comparisons()) {
      double increase = comparison.candidate().eer() - comparison.active().eer();
      if (increase > maxEerIncrease && comparison.difference().low() > 0) {
        objections.add(
            text(
                "on %s the equal error rate rises from %.2f %% to %.2f %%, more than %.2f points",
                comparison.name(),
                100 * comparison.active().eer(),
                100 * comparison.candidate().eer(),
                100 * maxEerIncrease));
      }
    }
    judgement
        .identification()
        .filter(found -> found.candidateFpir() - found.activeFpir() > maxFpirIncrease)
        .ifPresent(
            found ->
                objections.add(
                    text(
                        "strangers are taken for somebody in %.1f %% of searches instead of %.1f %%",
                        100 * found.candidateFpir(), 100 * found.activeFpir())));
    decrease(judgement, objections);
    return objections;
  }

  private void decrease(Judgement judgement, List<String> objections) {
    List<Comparison> whole =
        judgement.comparisons().stream().filter(comparison -> comparison.seconds() == 0).toList();
    List<Comparison> heldOut =
        whole.stream().filter(comparison -> comparison.set().equals("held-out")).toList();
    List<Comparison> counted = heldOut.isEmpty() ? whole : heldOut;
    double decrease =
        counted.stream()
            .mapToDouble(comparison -> comparison.active().eer() - comparison.candidate().eer())
            .average()
            .orElse(Double.NEGATIVE_INFINITY);
    if (decrease < minEerDecrease) {
      objections.add(
          counted.isEmpty()
              ? "there is nothing to compare it on: neither fixed lists nor held-out speakers"
              : text(
                  "the equal error rate on %s changes by %+.2f points, asked for is %+.2f or lower",
                  heldOut.isEmpty() ? "the fixed lists" : "held-out speakers",
                  -100 * decrease,
                  -100 * minEerDecrease));
    }
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
