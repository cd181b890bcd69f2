package io.voxtag.standalone.cli;

import io.voxtag.evaluation.ErrorRateReport;
import io.voxtag.evaluation.EvaluationReport;
import io.voxtag.evaluation.EvaluationReport.Duration;
import io.voxtag.evaluation.EvaluationReport.OpenSetReport;
import io.voxtag.evaluation.IdentificationReport;
import io.voxtag.scoring.IdentificationRates;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An evaluation for people. */
final class EvaluationText {

  private final Output output;

  EvaluationText(Output output) {
    this.output = output;
  }

  void print(EvaluationReport report) {
    line("model      %s", report.model());
    ErrorRateReport any = report.verification().get("none");
    line("trials     %d of one speaker, %d of two", any.targets(), any.nonTargets());
    line(
        "took       %.1f s for %d recordings, %.3f s for %d comparisons (%.2f million a second)",
        report.effort().embeddingSeconds(),
        report.effort().recordings(),
        report.effort().scoringSeconds(),
        report.effort().comparisons(),
        report.effort().comparisonsPerSecond() / 1e6);
    report.verification().forEach((scale, rates) -> rates(report, scale, rates));
    if (!report.durations().isEmpty()) {
      durations(report);
    }
    openSet(report.openSet(), "whole recordings");
    report
        .durations()
        .forEach(
            duration -> openSet(duration.openSet(), number(duration.seconds()) + " s of speech"));
  }

  private void rates(EvaluationReport report, String scale, ErrorRateReport rates) {
    line("");
    line(
        "@|bold %s|@%s",
        scale.equals("none")
            ? "cosines"
            : "as-norm, the %d most alike of %d voices".formatted(report.topK(), report.cohort()),
        report.verification().size() > 1 && scale.equals(report.scoreNorm()) ? " (read)" : "");
    line(
        "EER        @|bold %.2f %%|@ at %.4f (TPR %.2f %%, FPR %.2f %%)",
        100 * rates.eer(), rates.threshold(), 100 * rates.tpr(), 100 * rates.fpr());
    line("minDCF     %.4f (prior %.2f)", rates.minDcf(), ErrorRateReport.USUAL_PRIOR);
    if (report.prior() != ErrorRateReport.USUAL_PRIOR) {
      line("minDCF     %.4f (prior %s)", rates.minDcfAtPrior(), number(report.prior()));
    }
    line("minCllr    %.4f bits", rates.minCllr());
    if (rates.atModelThreshold() != null) {
      line(
          "threshold  %.4f of the model: TPR %.2f %%, FPR %.2f %%",
          rates.atModelThreshold().threshold(),
          100 * rates.atModelThreshold().tpr(),
          100 * rates.atModelThreshold().fpr());
    }
    if (rates.calibrated() != null) {
      line("Cllr       %.4f bits", rates.calibrated().cllr());
      line("DCF        %.4f (prior %s)", rates.calibrated().actualDcf(), number(report.prior()));
    }
  }

  private void durations(EvaluationReport report) {
    line("");
    line(
        "@|bold by seconds of speech|@ (%s cut, %s)",
        report.durations().get(0).cut().equals("both") ? "both sides" : "test recordings",
        report.scoreNorm().equals("none") ? "cosines" : report.scoreNorm());
    line("%8s %8s %8s %8s %9s", "seconds", "EER %", "minDCF", "same", "different");
    for (Duration duration : report.durations()) {
      ErrorRateReport rates = duration.verification().get(report.scoreNorm());
      if (rates == null) {
        line("%8s  too few recordings have so much", number(duration.seconds()));
      } else {
        line(
            "%8s %8.2f %8.4f %8d %9d",
            number(duration.seconds()),
            100 * rates.eer(),
            rates.minDcf(),
            rates.targets(),
            rates.nonTargets());
      }
    }
  }

  private void openSet(@Nullable OpenSetReport openSet, String what) {
    if (openSet == null) {
      return;
    }
    openSet
        .galleries()
        .forEach(
            (scale, rows) -> {
              line("");
              line(
                  "@|bold identification|@, %s, %s, %d splits",
                  what, scale.equals("none") ? "cosines" : scale, openSet.splits());
              line(
                  "%8s %8s %9s %10s %10s %10s %10s %9s",
                  "gallery",
                  "mated",
                  "others",
                  "rank-1 %",
                  "FNIR@1%",
                  "threshold",
                  "FNIR@5%",
                  "threshold");
              rows.forEach(this::gallery);
            });
  }

  private void gallery(IdentificationReport row) {
    IdentificationRates strict = row.atFpir1();
    IdentificationRates loose = row.atFpir5();
    line(
        "%8d %8d %9d %10.2f %10.2f %10.4f %10.2f %9.4f",
        row.gallery(),
        row.mated(),
        row.nonMated(),
        100 * row.rankOne(),
        100 * strict.fnir(),
        strict.threshold(),
        100 * loose.fnir(),
        loose.threshold());
    if (row.atModelThreshold() != null) {
      line(
          "%8s at the model's %.4f: FNIR %.2f %%, FPIR %.2f %%",
          "",
          row.atModelThreshold().threshold(),
          100 * row.atModelThreshold().fnir(),
          100 * row.atModelThreshold().fpir());
    }
  }

  private static String number(double value) {
    return String.valueOf(value).replaceFirst("\\.0$", "");
  }

  private void line(String format, Object... values) {
    output.line(String.format(Locale.ROOT, format, values));
  }
}
