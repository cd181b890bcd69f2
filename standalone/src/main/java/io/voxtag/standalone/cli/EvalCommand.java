package io.voxtag.standalone.cli;

import io.voxtag.scoring.VerificationMetrics;
import io.voxtag.standalone.evaluate.Evaluation;
import io.voxtag.standalone.evaluate.ModelEmbedder;
import io.voxtag.standalone.evaluate.TrialList;
import io.voxtag.voiceprint.SpeakerModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code voxtag eval}. */
@Command(
    name = "eval",
    description = "Measures how well a model tells voices apart, on a list of trials.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A trial is a line 'label model recording', label 1 for the same speaker and 0 for another",
      "one. Without --enroll the model is a recording itself; with it, a line of that file is",
      "'model recording...', and the model is the mean of the voices in its recordings.",
      "minDcf is the detection cost at a target prior of 0.01, with both costs 1."
    })
final class EvalCommand implements Callable<Integer> {

  private static final double TARGET_PRIOR = 0.01;

  private final Output output;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(names = "--trials", required = true, paramLabel = "FILE", description = "The trials.")
  private Path trials = Path.of("");

  @Option(names = "--enroll", paramLabel = "FILE", description = "What the models are made of.")
  private @Nullable Path enrolments;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Folder that the paths in the lists begin at. Default: the working folder.")
  private Path root = Path.of("");

  @Option(names = "--json", description = "End with the result as a line of JSON.")
  private boolean json;

  EvalCommand(Output output) {
    this.output = output;
  }

  /** What scripts read; {@code eer} and the costs are fractions, not per cent. */
  record Result(double eer, double threshold, double minDcf, int targets, int nonTargets) {}

  @Override
  public Integer call() throws IOException {
    TrialList list =
        enrolments == null ? TrialList.read(trials) : TrialList.read(trials, enrolments);
    try (SpeakerModel speakerModel = model.load()) {
      Meter meter = new Meter(output, "recordings");
      VerificationMetrics metrics =
          new Evaluation(new ModelEmbedder(speakerModel), root, meter::at).run(list);
      meter.done();
      Result result =
          new Result(
              metrics.equalErrorRate().rate(),
              metrics.equalErrorRate().threshold(),
              metrics.minDcf(TARGET_PRIOR),
              metrics.targets(),
              metrics.nonTargets());
      print(result, speakerModel.manifest().version());
    }
    return ExitCodes.OK;
  }

  private void print(Result result, String version) {
    if (json) {
      output.json(result);
      return;
    }
    output.line("model      " + version);
    output.line(
        "trials     %d of one speaker, %d of two".formatted(result.targets(), result.nonTargets()));
    output.line(
        String.format(
            Locale.ROOT,
            "EER        @|bold %.2f %%|@ at a cosine of %.4f",
            100 * result.eer(),
            result.threshold()));
    output.line(
        String.format(Locale.ROOT, "minDCF     %.4f (prior %.2f)", result.minDcf(), TARGET_PRIOR));
  }
}
